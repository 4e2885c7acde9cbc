"""What happens in a course, told to the staff whom it concerns: one module a row of who is told what."""
