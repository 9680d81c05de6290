"""The whole product from outside: real processes, a workspace, a browser."""
