"""What a goal is about, and how far it has come."""
