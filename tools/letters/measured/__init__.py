"""The letters that show what was counted and measured."""
