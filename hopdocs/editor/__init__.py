"""What an editor asks while somebody types: what is wrong, what may stand here, what this says. See `hopdocs lsp`."""
