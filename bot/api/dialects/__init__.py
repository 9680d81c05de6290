"""Each product's vocabulary and JSON, a folder for each."""
