"""What keeps a service alive for years on somebody's server: backups, a look at the machine, what must be forgotten."""
