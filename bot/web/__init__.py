"""What every HTTP door shares: one error body, request ids, bounded bodies and deadlines."""
