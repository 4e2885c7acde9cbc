"""The service: what changed, the next cycle, the mail that is due, what others pushed."""
