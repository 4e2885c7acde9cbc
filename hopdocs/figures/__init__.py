"""What is counted once and shown in many places: deadlines, rhythm, working days."""
