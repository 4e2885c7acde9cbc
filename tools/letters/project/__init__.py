"""The papers of the project itself."""
