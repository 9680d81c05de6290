"""People, how they sign in, their organisation and their keys, over the API."""
