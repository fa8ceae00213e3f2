"""What must hold for information, as plain functions over values."""
