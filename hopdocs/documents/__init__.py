"""What each document gets to show, to whom, and when it exists at all. Pure: no disk, clock or network."""
