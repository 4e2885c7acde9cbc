"""What is new in the plan since one reader last got it: facts of her own copy, then and now, and sentences of them."""
