"""The reports about all families."""
