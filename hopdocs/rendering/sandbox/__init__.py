"""What a template may do, and how much of it."""
