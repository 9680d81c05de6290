"""Search by meaning with what it really runs on: the model, the worker, Chroma."""
