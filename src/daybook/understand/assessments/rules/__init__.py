"""What an assessment asks of an answer, when it is due, and what has changed: plain functions."""
