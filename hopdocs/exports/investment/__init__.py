"""The investment as a workbook that goes on counting: every assumption in a cell of its own, and formulas behind it.

Each formula's value, worked out in `hopdocs.figures.investment`, lies in the file beside it, for programs that only
read values. Whoever changes an assumption or an amount in a spreadsheet sees everything follow.
"""
