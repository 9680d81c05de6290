"""What may stand where the app's address is asked for, on the command line and in a setting."""

from urllib.parse import urlsplit


def problem_with(address: str) -> str:
    """What is wrong with the address, to be said after it; nothing when it can be used."""
    try:
        parts = urlsplit(address)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable or not address.isprintable() or " " in address:
        return "is not a URL such as http://127.0.0.1:3000"
    if parts.path.strip("/") or parts.query or parts.fragment:
        return (
            "has a path; leave it out, because the manifest's request URLs have it, "
            "and without any it is /slack/events"
        )
    if "@" in parts.netloc:
        return "has a name or a password in it; leave them out, Slack sends neither"
    return ""
