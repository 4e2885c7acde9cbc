"""The pages of `out/` for a browser on this machine alone: nothing is written, and no other file is shown."""
