"""What leaves Daybook about somebody: to them, on their request, and to whoever speaks for them."""
