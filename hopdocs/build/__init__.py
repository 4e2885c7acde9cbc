"""What is stale and why, what was made before, and how a file gets to its place whole."""
