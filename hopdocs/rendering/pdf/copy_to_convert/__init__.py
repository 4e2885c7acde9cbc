"""The copy of a Word file that LibreOffice is given: it looks the same, and is read faster."""
