"""Who is to do what: what was agreed at the meetings, and whose it is."""
