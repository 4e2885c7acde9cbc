"""`python -m tools.letters`."""

from __future__ import annotations

from tools.letters.build import write_templates

if __name__ == "__main__":
    write_templates()
