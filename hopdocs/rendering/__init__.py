"""Documents from templates: a compiled Word template, LibreOffice's PDF of it, and plans bound into one file."""
