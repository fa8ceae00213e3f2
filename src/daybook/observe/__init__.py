"""Know people: daily reflections, safety, the climate of a unit, information."""
