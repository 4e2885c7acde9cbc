"""What leaves for spreadsheets, calendars and other programs: as values first, then as bytes.

An export may lie anywhere afterwards, so it calls a family by its case number. Only what was measured for one person
has that person's key in the file, since others must be able to give it back.
"""
