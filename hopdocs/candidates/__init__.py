"""Projekt 50: which households cost most and meet most of the municipality, ranked from its own extracts.

The extracts hold people's numbers. These are in this process's memory and nowhere else: nothing is spilled to disk, and
a household leaves with the keyed hash of its number in the number's place.
"""
