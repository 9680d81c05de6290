"""Windows as the events of RFC 5545: all times in UTC, each under an id that stays its own."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from core.domain.ids import MaintenanceId
from core.domain.maintenance import Maintenance
from core.domain.occurrences import taken
from core.domain.text import shorten
from core.ports import MaintenanceRow

MOST_TEXT = 500
"""Characters of a description that go into a calendar; the API has all of it."""

ASKED_AGAIN = timedelta(minutes=15)
"""How often a calendar program is to look again."""

_MIDNIGHT = datetime(2000, 1, 1, tzinfo=UTC)

Times = tuple[datetime, datetime]


def calendar_of(
    name: str,
    rows: Iterable[MaintenanceRow],
    coming: Iterable[tuple[MaintenanceRow, Times]],
    now: datetime,
) -> bytes:
    """The same windows make the same bytes, within a quarter of an hour: what runs past its end
    goes on to the end of the present one."""
    presently = now + (_MIDNIGHT - now) % ASKED_AGAIN
    calendar = Calendar()
    calendar.add("prodid", "-//Tocsin//Maintenance//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"Maintenance of {name}")
    calendar.add("refresh-interval", ASKED_AGAIN, {"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT15M")
    for row in rows:
        calendar.add_component(_event(row, presently))
    for row, times in coming:
        calendar.add_component(_expected(row, times))
    written: bytes = calendar.to_ical()
    return written


def _event(row: MaintenanceRow, now: datetime) -> Event:
    """At the times at which it really happened, as far as it has."""
    window = row.maintenance
    event = _about(row, taken(window, now))
    event.add("uid", _own_uid(window))
    event.add("sequence", window.version)
    event.add("summary", f"{_visible(window.title)} ({window.reference})")
    state = window.state.replace("_", " ")
    event.add("description", _told(row, f"{window.reference} is {state}.", window.description))
    return event


def _expected(row: MaintenanceRow, times: Times) -> Event:
    """An occurrence that the rule gives and nobody has made yet; it keeps its id when it is."""
    event = _about(row, times)
    event.add("uid", _nth(row.maintenance, times[0]))
    event.add("sequence", 0)
    event.add("summary", _visible(row.maintenance.title))
    event.add("description", _told(row, f"It follows {row.maintenance.reference}."))
    return event


def _about(row: MaintenanceRow, times: Times) -> Event:
    window, (start, end) = row.maintenance, times
    event = Event()
    event.add("dtstamp", window.updated_at)
    event.add("last-modified", window.updated_at)
    event.add("created", window.created_at)
    event.add("dtstart", start)
    if end > start:
        event.add("dtend", end)
    event.add("status", "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    if row.services:
        event.add("categories", [_visible(name) for _, name in row.services])
    if window.runbook_url:
        event.add("url", window.runbook_url)
    return event


def _told(row: MaintenanceRow, *lines: str) -> str:
    first, *rest = lines
    services = ", ".join(name for _, name in row.services)
    affected = f"It affects {services}." if services else ""
    told = "\n".join(line for line in (first, affected, *rest) if line)
    return _visible(shorten(told, MOST_TEXT))


def _own_uid(window: Maintenance) -> str:
    if not window.recurrence:
        return _uid(window.id)
    return _nth(window, window.occurrence_at or window.scheduled_start_at)


def _nth(window: Maintenance, start: datetime) -> str:
    """Of the series and of the start that its rule gives, wherever it was moved to."""
    return _uid(MaintenanceId(f"{window.series_id or window.id}-{start:%Y%m%dT%H%M%SZ}"))


def _uid(id: MaintenanceId) -> str:
    return f"{id}@tocsin"


def _visible(text: str) -> str:
    """Without the control characters that the format does not allow."""
    return "".join(one for one in text if one.isprintable() or one in "\n\t")
