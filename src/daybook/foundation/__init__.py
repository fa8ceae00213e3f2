"""Places, people, staff, and who may reach what: the ground that every floor stands on."""
