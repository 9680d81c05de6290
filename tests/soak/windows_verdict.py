"""After the siege: did every window start once, complete once, and was each thing said once?"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from sandbox.conversation.card import Card
from sandbox.conversation.room import Room
from tests.soak.rows import rows_of
from tests.soak.windows import Window

Mark: TypeAlias = tuple[str, str]
"""A window, and the role of one of its messages."""

HAPPENED = "SELECT maintenance_id, id, kind, body FROM timeline WHERE maintenance_id IS NOT NULL"
TIMES = (
    "SELECT id, scheduled_start_at, actual_start_at, actual_end_at FROM maintenances "
    "WHERE actual_start_at IS NOT NULL"
)


@dataclass(frozen=True, slots=True)
class Entry:
    window: str
    id: str
    kind: str
    body: dict[str, Any]

    @property
    def posts(self) -> bool:
        """Whether a line in the thread follows from it; one that was missed says so at its end."""
        return self.kind in ("MaintenanceStarted", "MaintenanceCompleted") and not (
            self.kind == "MaintenanceStarted" and self.body.get("missed")
        )


async def history_of(url: str) -> list[Entry]:
    return [
        Entry(window, id, kind, json.loads(body))
        for window, id, kind, body in await rows_of(url, HAPPENED)
    ]


def complaints_about_history(windows: Sequence[Window], history: list[Entry]) -> list[str]:
    """Scheduled, started and completed once each; a recurring one has one occurrence ahead."""
    happened = Counter((entry.window, entry.kind) for entry in history)
    complaints = [
        f"{window.reference}: {kind} {happened[window.id, kind]} times"
        for window in windows
        for kind in ("MaintenanceScheduled", "MaintenanceStarted", "MaintenanceCompleted")
        if happened[window.id, kind] != 1
    ]
    ours = {window.id for window in windows}
    strangers = {entry.window for entry in history} - ours
    recurring = sum(window.recurring for window in windows)
    if len(strangers) != recurring:
        complaints.append(f"{len(strangers)} windows follow {recurring} recurring ones")
    kinds = Counter(entry.kind for entry in history if entry.window in strangers)
    if kinds != Counter({"MaintenanceScheduled": recurring}):
        complaints.append(f"To those that follow happened {dict(kinds)}")
    return complaints


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds between the planned starts and the real ones, and what is wrong with them."""

    late: list[float]
    complaints: list[str]


async def times_of(url: str) -> Times:
    """Nothing may begin before its time, nor end before it began."""
    times = Times([], [])
    for id, planned, began, ended in await rows_of(url, TIMES):
        seconds = (_moment(began) - _moment(planned)).total_seconds()
        times.late.append(seconds)
        if seconds < 0 or ended is None or _moment(ended) < _moment(began):
            times.complaints.append(f"{id} ran from {began} to {ended}, planned from {planned}")
    return times


async def complaints_about_announcements(rooms: Sequence[Room], history: list[Entry]) -> list[str]:
    """A card for each window, a line for each entry, once in its channel and nowhere else."""
    seen: Counter[Mark] = Counter()
    for room in rooms:
        seen.update(mark for card in await _everything_in(room) if (mark := _mark(card)))
    places = {mark[0]: mark[1].partition(":")[2] for mark in seen if mark[1].startswith("card:")}
    scheduled = [entry.window for entry in history if entry.kind == "MaintenanceScheduled"]
    wanted = {(window, f"card:{places.get(window, 'nowhere')}") for window in scheduled}
    wanted |= {
        (entry.window, f"notice:{entry.id}:{places.get(entry.window, 'nowhere')}")
        for entry in history
        if entry.posts
    }
    return [
        *(f"{mark} was posted {times} times" for mark, times in seen.items() if times > 1),
        *(f"{mark} was never posted" for mark in sorted(wanted - set(seen))),
        *(f"{mark} was posted for no reason" for mark in sorted(set(seen) - wanted)),
    ]


async def _everything_in(room: Room) -> list[Card]:
    """Lines in threads too, also where they are broadcast to the channel."""
    found = {card.ts: card for card in await room.messages()}
    for root in [card for card in found.values() if _mark(card)]:
        found |= {card.ts: card for card in await room.thread(root)}
    return list(found.values())


def _mark(card: Card) -> Mark | None:
    metadata = card.wire.get("metadata")
    if not isinstance(metadata, dict) or metadata.get("event_type") != "tocsin_effect":
        return None
    payload = metadata["event_payload"]
    return payload["maintenance_id"], payload["effect_id"]


def _moment(stored: Any) -> datetime:
    """SQLite has it as a text."""
    return stored if isinstance(stored, datetime) else datetime.fromisoformat(stored)
