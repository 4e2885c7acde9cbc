"""What is told of a course, row by row of the table of who is told what."""
