"""Copies of what was handed over: which are still to be kept, and keeping them."""
