"""Side-by-side benchmarks: each one command, each result a table with the ratio in one run."""
