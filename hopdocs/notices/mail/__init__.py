"""One mail: its calendar entry, wording, bytes, and the last look for personal data."""
