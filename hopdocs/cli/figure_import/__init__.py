"""Figures that come from elsewhere: read from a table, put to their family, and added to its file."""
