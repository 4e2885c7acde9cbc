"""What keeps a service alive for years on somebody's server: backups, and a look at the machine."""
