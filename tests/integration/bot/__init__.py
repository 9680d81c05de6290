"""The program as a whole: its commands, its start and its stop."""
