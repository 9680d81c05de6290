"""A calendar program: reads a feed by its address alone, and understands it or fails."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from icalendar import Calendar, Event

from tests.integration.api.doors import Client, bearer, json_of

OPEN, READ = "/api/v1/calendar-feed", "/api/v1/maintenances.ics"
LONGEST_LINE = 75
"""Bytes, by RFC 5545."""


@dataclass(frozen=True, slots=True)
class Calendars:
    """With a key that may make feeds, and maintenance."""

    client: Client
    key: str

    async def open(self, **headers: str) -> Any:
        response = await self.client.post(OPEN, headers={**bearer(self.key), **headers})
        assert response.status == 201, await response.text()
        return await json_of(response)

    async def schedule(self, **wish: Any) -> Any:
        given = {"title": "Database upgrade", **wish}
        response = await self.client.post(
            "/api/v1/maintenances", json=given, headers=bearer(self.key)
        )
        assert response.status == 200, await response.text()
        return await json_of(response)

    async def post(self, path: str, wish: Any = None) -> Any:
        response = await self.client.post(path, json=wish, headers=bearer(self.key))
        assert response.status == 200, await response.text()
        return await json_of(response)

    async def read(self, token: str) -> list[Event]:
        """The events of the feed, which is well-formed down to its lines."""
        async with self.client.get(READ, params={"token": token}) as response:
            text = await response.read()
            assert response.status == 200, text
            assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
        return events_in(text)


def events_in(text: bytes) -> list[Event]:
    """Of a calendar that breaks no rule we know of."""
    lines = text.split(b"\r\n")
    assert max(map(len, lines)) <= LONGEST_LINE
    assert b"\n" not in text.replace(b"\r\n", b"")
    [calendar] = Calendar.from_ical(text, multiple=True)
    events = [one for one in calendar.subcomponents if isinstance(one, Event)]
    assert len(events) == len(calendar.subcomponents)
    assert calendar.errors == []
    assert all(event.errors == [] for event in events)
    uids = [str(event["UID"]) for event in events]
    assert len(uids) == len(set(uids))
    return events


def start_of(event: Event) -> datetime:
    start: datetime = event.decoded("DTSTART")
    assert start.utcoffset() == timedelta()
    return start


def starts_of(events: list[Event]) -> list[datetime]:
    return [start_of(event) for event in events]


def uids_of(events: list[Event]) -> list[str]:
    return [str(event["UID"]) for event in events]


def sequence_of(event: Event) -> int:
    return int(event.decoded("SEQUENCE"))
