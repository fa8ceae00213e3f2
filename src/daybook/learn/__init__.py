"""Getting better at it: training, standards, practice, evidence."""
