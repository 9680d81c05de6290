"""Alert sources' payloads and the triage worker, asked without a server."""
