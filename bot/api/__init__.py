"""The REST API: the documented requests of other products, answered from one core."""
