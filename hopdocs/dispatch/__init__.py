"""Lays ready what waits to reach the family, for the municipality's own sender, the printer and the records system."""
