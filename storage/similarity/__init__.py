"""Search by meaning: the process beside that embeds and indexes, and what the bot asks of it."""
