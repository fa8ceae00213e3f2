"""Who may reach whom and what: roles as code, assignments, and the two walls."""
