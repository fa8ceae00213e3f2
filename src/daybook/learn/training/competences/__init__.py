"""What colleagues are trained for, written by those who train."""
