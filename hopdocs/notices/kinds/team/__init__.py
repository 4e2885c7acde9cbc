"""Mails to the team about its own part: its answers, and who stays away."""
