"""Lists that are short enough to be paged through where they are."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from aiohttp import web

from bot.api import wire_v1
from bot.api.answers import answer
from bot.api.paging import PageQuery
from core.errors import InvalidInput

T = TypeVar("T")


def listed(
    things: Sequence[T], query: PageQuery, show: Callable[[T], dict[str, Any]]
) -> web.Response:
    paging = query.paging()
    if paging.after:
        raise InvalidInput("This list has no cursor; use offset or page.", field="cursor")
    shown = [show(thing) for thing in things[paging.offset : paging.offset + paging.limit]]
    return answer(wire_v1.many(shown, paging, total=len(things), next_cursor=None))
