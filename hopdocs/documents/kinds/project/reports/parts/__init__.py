"""The pieces that the reports are put together from: each tells of one side of the work, for all courses together."""
