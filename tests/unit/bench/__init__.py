"""The bench, where it calculates: what it prints is believed."""
