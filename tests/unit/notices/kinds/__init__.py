"""The kinds of notices, each by itself."""
