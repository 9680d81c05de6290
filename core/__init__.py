"""The functional core: frozen values, pure decisions, use cases and the command bus."""
