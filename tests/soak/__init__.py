"""Long campaigns: kill the process at random moments and look for loss and doubles."""
