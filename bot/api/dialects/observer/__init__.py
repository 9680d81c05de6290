"""Observer's way of speaking about incidents."""
