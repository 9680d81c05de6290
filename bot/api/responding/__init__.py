"""What people do to incidents in Slack, over the API as well."""
