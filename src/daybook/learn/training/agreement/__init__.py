"""How alike assessors answer: as a whole for those who train, one’s own for oneself."""
