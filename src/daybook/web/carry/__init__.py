"""Writing where the network doesn't reach: a list that is only remembered, entries that wait."""
