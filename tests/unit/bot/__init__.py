"""Settings, secrets, the relay and the command line, each alone."""
