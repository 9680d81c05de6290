"""Rules, silences, dependencies and alerts over the API."""
