"""Home pages per role, search, and pages that cross floors."""
