"""What follows from a family's data on a day, before any rule judges it."""
