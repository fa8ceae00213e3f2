"""The log: what adding to it, and checking it, cost."""
