"""What the paging APIs mean, without HTTP."""
