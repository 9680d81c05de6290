"""The OpenAPI description of the API, made from the operations that serve it."""
