"""Information about harm: reported as it was seen, graded, put into context, and able to fade."""
