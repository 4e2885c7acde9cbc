"""What is due when, counted once and shown in many places."""
