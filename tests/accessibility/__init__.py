"""Every kind of letter by the rules of PDF/UA as two others have written them down: `make accessibility`."""
