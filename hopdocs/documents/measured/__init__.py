"""What was counted and measured in a course, as one reader may see it: the values, and how they are told and drawn."""
