"""The parts of the `daybook` command, one file a group."""
