"""Paths as they may be shown: whole, but for the tokens that some of them carry."""

import re

_TOKEN = re.compile(r"(/webhooks/[^/\s?\"']+/)[^\s\"']+")


def shown_path(path: str) -> str:
    """`/webhooks/alertmanager/secret` as `/webhooks/alertmanager/…`; any other as it is."""
    writable = path.encode("utf-8", "replace").decode()
    return _TOKEN.sub(r"\1…", writable) if "/webhooks/" in writable else writable
