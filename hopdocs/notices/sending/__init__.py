"""The outbox, one sender at a time, and the talk with the mail server."""
