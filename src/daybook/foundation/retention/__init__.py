"""How long records are kept, what stops an erasure, and how one is carried out and proved."""
