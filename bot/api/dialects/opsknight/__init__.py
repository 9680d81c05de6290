"""OpsKnight's dialect: `/api/incidents`, `/api/services` and `/api/events`."""
