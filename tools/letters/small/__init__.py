"""The small letters: one template each, so that a municipality can replace any of them, drawn with shared pieces."""
