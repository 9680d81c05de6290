"""The paging APIs over HTTP."""
