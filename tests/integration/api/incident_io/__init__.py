"""incident.io's dialect, in more depth than the numbered checks."""
