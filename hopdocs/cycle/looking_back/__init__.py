"""What the plan's readers got before: from the copies that the ledger knows, else from the history of the file."""
