"""Parse, act or ask, render: one subject a file."""
