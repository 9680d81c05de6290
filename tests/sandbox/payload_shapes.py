"""What payloads consist of: the keys of their objects, gathered by what the object is."""

from collections.abc import Iterator
from typing import Any

from sandbox.json_types import Json
from tests.sandbox.reference import REFERENCE, read

# What the app or a person wrote: its shape is Block Kit's, and others test it.
WRITTEN = ("blocks", "attachments", "elements", "values", "event_payload", "shares")
# Objects that are the same wherever they appear, by the keys they appear under.
SAME_EVERYWHERE = {
    "message": "message",
    "previous_message": "message",
    "root": "message",
    "view": "view",
    "bot_profile": "bot_profile",
    "files": "file",
    "file": "file",
}
# These have the form of another one.
ALIKE = {"user_profile_changed": "user_change", "subteam_created": "subteam_updated"}
Shapes = dict[str, dict[str, set[str]]]


def shapes_of(payloads: list[Json]) -> Shapes:
    """Per kind of object its keys as dotted paths, each with the kinds of its values."""
    shapes: Shapes = {}
    for payload in payloads:
        for group, path, value in _parts(payload):
            shapes.setdefault(group, {}).setdefault(path, set()).add(_kind_of(value))
    return shapes


def recorded() -> Shapes:
    """The shapes of all of Slack's samples."""
    folders = ("slash-commands", "interactive-components", "views")
    files = [file for folder in folders for file in _files(f"app-backend/{folder}")]
    return shapes_of([read(name) for name in (*files, *_files("events"))])


def _files(folder: str) -> list[str]:
    read("payloads/events/MessagePayload.json")
    files = sorted((REFERENCE / "payloads" / folder).glob("*.json"))
    # Attachments with actions came before Block Kit.
    return [
        f"payloads/{folder}/{file.name}" for file in files if "AttachmentAction" not in file.name
    ]


def _parts(payload: Json) -> Iterator[tuple[str, str, Any]]:
    if "command" in payload:
        yield from _walk(payload, "command", "")
    elif "event" not in payload:
        yield from _walk(payload, str(payload["type"]), "")
    else:
        event = payload["event"]
        yield from _walk({**payload, "event": {}}, "envelope", "")
        yield from _event_parts(event)


def _event_parts(event: Json) -> Iterator[tuple[str, str, Any]]:
    kind = ALIKE.get(event["type"], str(event["type"]))
    if kind == "message":
        subtype = event.get("subtype") or "plain"
        yield from ((f"message of {subtype}", key, value) for key, value in event.items())
    yield from _walk(event, kind, "")


def _walk(value: Any, group: str, prefix: str) -> Iterator[tuple[str, str, Any]]:
    if isinstance(value, list):
        for item in value:
            yield from _walk(item, group, prefix)
    elif isinstance(value, dict):
        for key, part in value.items():
            yield group, f"{prefix}{key}", part
            if key in WRITTEN:
                continue
            if key in SAME_EVERYWHERE:
                yield from _walk(part, SAME_EVERYWHERE[key], "")
            else:
                yield from _walk(part, group, f"{prefix}{key}.")


def _kind_of(value: Any) -> str:
    if isinstance(value, bool):
        return "flag"
    if isinstance(value, int | float):
        return "number"
    names = {"str": "text", "list": "list", "dict": "object", "NoneType": "nothing"}
    return names[type(value).__name__]
