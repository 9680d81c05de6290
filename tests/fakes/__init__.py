"""In-memory stand-ins for the ports, kept honest by the contract suite."""
