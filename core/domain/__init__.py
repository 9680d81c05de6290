"""Values of the trade: what an incident, an alert or a person is, and what may happen to it."""
