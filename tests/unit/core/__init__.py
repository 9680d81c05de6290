"""What every rule of the core promises, asked of values and of the fake store."""
