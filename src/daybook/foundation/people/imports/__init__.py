"""People and their stays out of files from other systems, known again by the ids of those."""
