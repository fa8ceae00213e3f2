"""The daily loop: reflections, what is usual, the meeting, and what came of it."""
