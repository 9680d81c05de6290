"""What is measured, each as a ratio to a bare aiohttp handler in the same run: `make bench`."""
