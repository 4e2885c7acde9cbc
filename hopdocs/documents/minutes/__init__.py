"""The minutes of a meeting, as each reader may see them: who came, what was said, what was agreed."""
