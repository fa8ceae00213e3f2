"""Pure numerics: arrays in, frozen results out. No Django, no database, no clock."""
