"""The numbered checks of the REST contract, each under its number."""
