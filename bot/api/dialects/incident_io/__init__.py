"""incident.io's way of speaking about incidents."""
