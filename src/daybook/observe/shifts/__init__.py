"""The shift's own book: what was asked and promised, what happened together, what is handed on."""
