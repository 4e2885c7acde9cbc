"""What the courses together say of the project: numbers and colleagues, never a family's name."""
