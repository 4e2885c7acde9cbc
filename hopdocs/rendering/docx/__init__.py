"""The Word file: its zip members, parts, repair, and docxtpl's own path."""
