"""Which page of which list of alerts is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.paging.query import query_of
from bot.paging.query_terms import Node
from bot.web.problems import refusal

USUAL, MOST, FARTHEST = 20, 100, 20_000
NEWEST = "createdAt"
SORTS: Mapping[str, str] = {
    "createdAt": "createdAt",
    "updatedAt": "updatedAt",
    "tinyId": "tinyId",
    "alias": "alias",
    "message": "message",
    "status": "status",
    "acknowledged": "acknowledged",
    "isSeen": "isSeen",
    "snoozed": "snoozed",
    "snoozedUntil": "snoozedUntil",
    "count": "count",
    "lastOccurredAt": "lastOccurredAt",
    "source": "source",
    "owner": "owner",
    "priority": "priority",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """`after` is the last note seen, where notes are asked for."""

    query: Node
    limit: int
    offset: int
    after: str
    sort: str
    descending: bool

    @property
    def enough(self) -> int | None:
        """How many have to be found; all of them where they are sorted otherwise."""
        natural = self.sort == NEWEST and self.descending
        return self.offset + self.limit + 1 if natural else None

    def sorted(self, alerts: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if self.enough is not None:
            return alerts
        return sorted(alerts, key=self._place, reverse=self.descending)

    def _place(self, alert: Mapping[str, Any]) -> tuple[bool, Any, str]:
        value = alert[SORTS[self.sort]]
        return value is not None, value if value is not None else "", alert["id"]


def listing_of(request: web.Request, *, descending: bool = True) -> Listing:
    """A `Refusal` where it cannot be understood."""
    query = request.query
    sort = query.get("sort", NEWEST)
    if sort not in SORTS:
        raise _invalid(f"“{sort[:80]}” cannot be sorted by; use {', '.join(SORTS)}.", "sort")
    order = query.get("order", query.get("direction", "desc" if descending else "asc")).lower()
    if order not in ("asc", "desc", "next", "prev"):
        raise _invalid(f"“{order[:80]}” is no order; use asc or desc.", "order")
    offset = query.get("offset", "0")
    return Listing(
        query=query_of(query.get("query", "")),
        limit=_number(query.get("limit", str(USUAL)), "limit", 1, MOST),
        offset=_number(offset, "offset", 0) if descending else 0,
        after=offset,
        sort=sort,
        descending=order == "desc",
    )


def paging(request: web.Request, listing: Listing, *, more: bool) -> dict[str, str]:
    """Where the pages around this one are."""

    def page(offset: int) -> str:
        wanted = {"limit": str(listing.limit), "offset": str(offset)}
        return str(request.url.update_query(wanted))

    links = {"first": page(0)}
    if more:
        links["next"] = page(listing.offset + listing.limit)
    if listing.offset:
        links["prev"] = page(max(listing.offset - listing.limit, 0))
    return links


def _number(text: str, field: str, least: int, most: int = FARTHEST) -> int:
    if not (text.isascii() and text.isdigit()) or not least <= int(text[:9]) <= most:
        message = f"“{field}” must be a whole number from {least} to {most:,}."
        raise _invalid(message, field)
    return int(text)


def _invalid(message: str, field: str) -> Exception:
    return refusal(422, "invalid_value", message, field=field)
