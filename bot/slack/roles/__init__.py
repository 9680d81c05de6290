"""What is done about an incident with words of its own: roles, details, rests, ends, services."""
