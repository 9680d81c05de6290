"""What becomes of alerts over the API: routing rules, silences, and the alerts themselves."""
