"""The letters in easy Danish, each beside the Danish one that applies: short sentences, one thing at a time."""
