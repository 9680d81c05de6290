"""Alert webhooks over real HTTP."""
