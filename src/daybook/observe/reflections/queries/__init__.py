"""Every read of the daily loop, one subject a file. Each takes ``viewer=``."""
