"""One pass: load, check, make, plan mail, write pages."""
