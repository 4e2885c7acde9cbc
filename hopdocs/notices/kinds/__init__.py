"""One module a kind of notice: what it says, what holds it, and when it is wanted; `table` lists them."""
