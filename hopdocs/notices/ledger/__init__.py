"""What people were told: the database, its log, and the questions asked of it."""
