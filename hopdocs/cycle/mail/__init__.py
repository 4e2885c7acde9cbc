"""What one pass does about mail: planning notices, and reading what came back."""
