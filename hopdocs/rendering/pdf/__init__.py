"""LibreOffice workers, settled PDF bytes, and the bound plan."""
