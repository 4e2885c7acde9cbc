"""Strict YAML with a position for everything, and what people get wrong in it."""
