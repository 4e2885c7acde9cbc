"""The papers of those who run a course."""
