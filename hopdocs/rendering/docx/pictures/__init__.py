"""What is drawn into a Word file: shapes, and charts as vectors with dots beside them."""
