"""The settings of an organisation over the API."""
