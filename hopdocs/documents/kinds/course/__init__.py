"""The papers of those who run a course: before it begins, for the tovholder on the way, and for its interviews."""
