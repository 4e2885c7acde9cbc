"""The papers that show what was counted and measured: the family's own sheet, and the report on its course."""
