"""Alert sources over the API: how they are set up, what they sent, and what that means."""
