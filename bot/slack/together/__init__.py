"""Incidents that have to do with each other, and who may know of one: merge, link, private."""
