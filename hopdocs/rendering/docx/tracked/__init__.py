"""Two Word files as one with tracked changes: accepting all of them gives the later text, rejecting all the earlier."""
