"""What people fill in about safety."""
