"""What `tocsin doctor` looks at, one module for each part of the surroundings."""
