"""What helps during an incident: procedures, articles, and a search over everything."""
