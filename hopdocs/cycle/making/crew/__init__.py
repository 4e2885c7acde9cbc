"""Processes that make families: what goes to and fro, the one at work, and the hand that holds it."""
