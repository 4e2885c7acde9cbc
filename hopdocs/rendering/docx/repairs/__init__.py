"""What is taken off or put right in a Word file before docxtpl opens it."""
