"""What makes parts of the repository."""
