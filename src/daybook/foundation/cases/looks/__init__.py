"""Who has looked at what stands about somebody: for whoever leads the case, and for oversight."""
