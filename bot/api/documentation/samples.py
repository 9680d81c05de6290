"""Requests and bodies to copy: a `curl` call for an entry, and JSON laid out for reading."""

import json
from collections.abc import Iterator
from typing import Any

from bot.api.documentation.reading import Content, Entry


def curl(entry: Entry, server: str) -> str:
    """A call as it is typed into a shell, with `$TOKEN` for the credential."""
    return " \\\n  ".join(_words(entry, server))


def pretty(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=2)


def _words(entry: Entry, server: str) -> Iterator[str]:
    method = "" if entry.method == "GET" else f"-X {entry.method} "
    yield f"curl {method}'{server.rstrip('/')}{entry.path}{_query(entry)}'"
    if entry.credentials:
        yield '-H "Authorization: Bearer $TOKEN"'
    if entry.body:
        first = entry.body[0]
        yield f"-H 'Content-Type: {first.media_type}'"
        yield f"-d '{_body(first)}'"


def _query(entry: Entry) -> str:
    required = [one.name for one in entry.parameters if one.place == "query" and one.required]
    return "?" + "&".join(f"{name}={{{name}}}" for name in required) if required else ""


def _body(content: Content) -> str:
    example = next(iter(content.examples.values()), "…")
    # An apostrophe ends a quoted word of the shell; this is how one is written inside it.
    return pretty(example).replace("'", "'\\''")
