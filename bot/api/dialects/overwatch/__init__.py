"""Overwatch's way of speaking about incidents."""
