"""What is known of a number that a method holds to, and the calls that try it."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sandbox.json_types import Json
from tests.sandbox.stage import LINK, Stage

Try = Callable[[Stage, int], Awaitable[Json]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """`tried(stage, n)` is what Slack answers to so many."""

    limit: str
    most: int
    where: str
    tried: Try
    error: str

    @property
    def name(self) -> str:
        return f"{self.limit} of {self.where}"


def called(
    limit: str, most: int, method: str, arguments: Callable[[Stage, int], Json], error: str
) -> Number:
    async def tried(stage: Stage, size: int) -> Json:
        return await stage.call(method, **arguments(stage, size))

    return Number(limit=limit, most=most, where=method, tried=tried, error=error)


def link(at: Stage, **parts: str) -> Json:
    return {"channel_id": at["room"], "type": "link", "title": "t", "link": LINK, **parts}


def shelf(at: Stage, **parts: str) -> Json:
    return {"channel_id": at["room"], "bookmark_id": at["bookmark"], **parts}


def address(length: int) -> str:
    return LINK + "x" * (length - len(LINK))


def upload(**parts: object) -> Json:
    return {"filename": "a.txt", "length": 5, **parts}


def group(**parts: str) -> Json:
    return {"name": "Others", "handle": "others", **parts}


def places(at: Stage) -> dict[str, Json]:
    """Where each of the methods that post puts its message."""
    return {
        "chat.postMessage": {"channel": at["room"]},
        "chat.postEphemeral": {"channel": at["room"], "user": at["alice"]},
        "chat.scheduleMessage": {"channel": at["room"], "post_at": at["later"]},
        "chat.update": {"channel": at["room"], "ts": at["ts"]},
    }


def said(
    limit: str, most: int, method: str, part: str, make: Callable[[int], object], error: str
) -> Number:
    """A message with one part of that size."""
    words = {} if part in ("text", "markdown_text") else {"text": "x"}
    return called(
        limit, most, method, lambda at, n: {**places(at)[method], **words, part: make(n)}, error
    )


def metadata(size: int) -> Json:
    """Metadata of so many bytes of JSON."""
    bare = {"event_type": "e", "event_payload": {"x": ""}}
    return {"event_type": "e", "event_payload": {"x": "x" * (size - len(json.dumps(bare)))}}
