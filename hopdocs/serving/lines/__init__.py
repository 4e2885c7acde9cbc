"""Which lines of a family's file a paper comes from, so that whoever edits the file sees where."""
