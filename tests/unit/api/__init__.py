"""The REST API's words and pages, asked without a server."""
