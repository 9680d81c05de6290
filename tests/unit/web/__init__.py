"""What the HTTP doors share, asked without a server."""
