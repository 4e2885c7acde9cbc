"""One pass: load, check, make, tell, answer."""
