"""After the campaign: was anything lost, and did anybody see anything twice?"""

import asyncio
import contextlib
import sqlite3
from collections import Counter
from typing import Any, TypeAlias

import asyncpg

from core.domain.ids import OrganizationId
from core.domain.state import State
from core.ports import ReadModels
from core.views import IncidentQuery, IncidentRow
from sandbox.server import Sandbox
from tests.soak.campaign import Story

NEW_MESSAGES = ("PostNotice", "PostUpdate")
QUERY = "SELECT id, kind, settled_at, buried_at FROM outbox"
Row: TypeAlias = tuple[Any, ...]


async def every_incident(reads: ReadModels, organization: OrganizationId) -> list[IncidentRow]:
    rows: list[IncidentRow] = []
    while True:
        page = await reads.incidents(organization, IncidentQuery(limit=200, offset=len(rows)))
        rows += page.rows
        if not page.more:
            return rows


def complaints_about_incidents(stories: list[Story], rows: list[IncidentRow]) -> list[str]:
    """A declaration that was answered is there once; one that was not, at most once a try."""
    declared = Counter(row.title for row in rows)
    complaints = [
        f"{story.title}: {declared[story.title]} incidents after {tries} tries"
        for story in stories
        for tries in [1 if story.by_alert else 1 + story.refused["declare"]]
        if not 1 <= declared[story.title] <= tries
    ]
    numbers = sorted(row.number for row in rows)
    if numbers != list(range(1, len(rows) + 1)):
        complaints.append(f"The numbers have gaps or doubles: {numbers}")
    told = {story.title for story in stories}
    complaints += [f"Nobody declared {row.title}" for row in rows if row.title not in told]
    return complaints


def complaints_about_ends(stories: list[Story], rows: list[IncidentRow]) -> list[str]:
    """Every story's incident was resolved; extra ones of unanswered tries may be open."""
    ended = {row.title for row in rows if row.state is State.RESOLVED}
    return [f"{story.title} is not resolved" for story in stories if story.title not in ended]


async def complaints_about_slack(
    sandbox: Sandbox, rows: list[IncidentRow], message_effects: list[int]
) -> list[str]:
    rooms = [room for room in await sandbox.channels() if room.name.startswith("inc-")]
    complaints = (
        [] if len(rooms) == len(rows) else [f"{len(rooms)} channels, {len(rows)} incidents"]
    )
    seen: Counter[str] = Counter()
    for room in rooms:
        cards = await room.messages()
        pinned = [card for card in cards if card.is_pinned]
        if len(pinned) != 1:
            complaints.append(f"#{room.name} has {len(pinned)} cards")
        seen.update(_effects(card.wire) for card in cards)
    announcements = await (await sandbox.channel_named("incidents")).messages()
    seen.update(_effects(card.wire) for card in announcements)
    for row in rows:
        named = [card for card in announcements if _about(card.wire) == row.id]
        if len(named) != 1:
            complaints.append(f"{row.reference} was announced {len(named)} times")
    seen.pop("", None)
    complaints += [f"Effect {id} was posted {n} times" for id, n in seen.items() if n > 1]
    lost = [id for id in message_effects if seen[str(id)] != 1]
    return [*complaints, *(f"Effect {id} was never posted" for id in lost)]


async def outbox_of(url: str) -> tuple[list[int], int, int]:
    """Ids of delivered new messages, and how many effects wait or were buried."""
    rows = await asyncio.to_thread(_sqlite_rows, url) if "sqlite" in url else await _pg_rows(url)
    delivered = [id for id, kind, settled, _ in rows if kind in NEW_MESSAGES and settled]
    buried = sum(buried is not None for *_, buried in rows)
    waiting = sum(settled is None and buried is None for *_, settled, buried in rows)
    return delivered, waiting, buried


def _sqlite_rows(url: str) -> list[Row]:
    with contextlib.closing(sqlite3.connect(url.partition(":///")[2])) as connection:
        return connection.execute(QUERY).fetchall()


async def _pg_rows(url: str) -> list[Row]:
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    try:
        return [tuple(row) for row in await connection.fetch(QUERY)]
    finally:
        await connection.close()


def _effects(wire: dict[str, object]) -> str:
    return str(_payload(wire).get("effect_id", ""))


def _about(wire: dict[str, object]) -> str:
    return str(_payload(wire).get("incident_id", ""))


def _payload(wire: dict[str, object]) -> dict[str, object]:
    metadata = wire.get("metadata")
    if not isinstance(metadata, dict) or metadata.get("event_type") != "tocsin_effect":
        return {}
    payload: dict[str, object] = metadata["event_payload"]
    return payload
