"""The Slack door: what people do there becomes commands, what happened is shown to them."""
