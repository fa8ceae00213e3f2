"""Every write of the daily loop, one subject a file. Each is atomic, signed ``by=`` and logged."""
