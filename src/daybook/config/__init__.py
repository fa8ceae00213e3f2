"""Settings, addresses, the web entry point, and the daybook command."""
