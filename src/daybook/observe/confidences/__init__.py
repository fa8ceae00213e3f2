"""What is told in confidence: to a chaplain, to a clinician, or by a source."""
