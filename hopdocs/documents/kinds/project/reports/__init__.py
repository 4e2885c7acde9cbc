"""The reports about all families: what their figures say together. No family is named, and no small group counted."""
