"""Pages of a list: limit and offset, page numbers, or an opaque cursor; all of them always."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from core.errors import InvalidInput

DEFAULT_LIMIT, MOST = 25, 200
_DIGITS = 12

Position: TypeAlias = tuple[datetime, str]
"""Where a page ended: creation time and id of its last row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paging:
    """What part of a list is wanted; a cursor wins over an offset."""

    limit: int = DEFAULT_LIMIT
    offset: int = 0
    after: Position | None = None

    def meta(self, total: int) -> dict[str, int]:
        page = self.offset // self.limit + 1
        return {"total": total, "limit": self.limit, "offset": self.offset, "page": page}


def paging_of(query: Mapping[str, str]) -> Paging:
    """Out of `limit` (more than 200 are 200), `offset` or `page`, and `cursor`."""
    limit = min(max(_number(query, "limit", DEFAULT_LIMIT), 1), MOST)
    if query.get("cursor"):
        return Paging(limit=limit, after=_position(query["cursor"]))
    if "offset" in query:
        return Paging(limit=limit, offset=_number(query, "offset", 0))
    return Paging(limit=limit, offset=(max(_number(query, "page", 1), 1) - 1) * limit)


def cursor_of(position: Position) -> str:
    at, id = position
    return urlsafe_b64encode(f"{at.isoformat()} {id}".encode()).decode().rstrip("=")


def _position(cursor: str) -> Position:
    try:
        text = urlsafe_b64decode(cursor.encode("ascii") + b"==").decode()
        at, _, id = text.partition(" ")
        position = datetime.fromisoformat(at), id
    except ValueError:
        raise _strange_cursor() from None
    if position[0].utcoffset() is None or not id.isprintable():
        raise _strange_cursor()
    return position


def _strange_cursor() -> InvalidInput:
    return InvalidInput(
        "This cursor is none of ours; use the next_cursor of an earlier answer.", field="cursor"
    )


def _number(query: Mapping[str, str], name: str, default: int) -> int:
    text = query.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdecimal() and len(text) <= _DIGITS):
        raise InvalidInput(f"“{text[:40]}” is not a number from 0 up.", field=name)
    return int(text)
