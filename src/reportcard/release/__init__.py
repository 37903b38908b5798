"""A release: what blocks it, what changed since the last one, and the folder that goes out."""
