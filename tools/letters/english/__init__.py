"""The letters in English, each a translation of the Danish one that lies beside it."""
