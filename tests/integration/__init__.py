"""Real parts put together: databases, processes, sockets."""
