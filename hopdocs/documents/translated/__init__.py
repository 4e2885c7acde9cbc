"""Letters in the reader's own language, each beside the Danish one that counts."""
