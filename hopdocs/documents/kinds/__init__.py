"""One module a kind of document: when it is wanted, what it shows, and all else in which kinds differ."""
