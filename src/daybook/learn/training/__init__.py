"""How staff use the scales: shown to each alone, and to those who train as a whole."""
