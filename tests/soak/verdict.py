"""After the campaign: was anything lost, and did anybody see anything twice?"""

import json
from collections import Counter
from itertools import pairwise
from typing import TypeAlias

from core.domain.ids import OrganizationId
from core.domain.state import State
from core.ports import ReadModels
from core.views import IncidentQuery, IncidentRow
from sandbox.conversation.card import Card
from sandbox.server import Sandbox
from tests.soak.campaign import Story
from tests.soak.rows import rows_of

QUERY = "SELECT kind, body, settled_at, buried_at FROM outbox"
Mark: TypeAlias = tuple[str, str]
"""An incident, and the role of one of its messages."""


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
    sandbox: Sandbox, rows: list[IncidentRow], delivered: list[Mark]
) -> list[str]:
    """Each incident has its channel, card and announcement, and each message stands once."""
    rooms = [room for room in await sandbox.channels() if room.name.startswith("inc-")]
    complaints = (
        [] if len(rooms) == len(rows) else [f"{len(rooms)} channels, {len(rows)} incidents"]
    )
    cards = [card for room in rooms for card in await room.messages()]
    cards += await (await sandbox.channel_named("incidents")).messages()
    seen = Counter(mark for card in cards if (mark := _mark(card.wire)))
    complaints += [f"{mark} was posted {n} times" for mark, n in seen.items() if n > 1]
    wanted = {(row.id, role) for row in rows for role in ("card", "announcement")}
    complaints += [f"{mark} was never posted" for mark in {*wanted, *delivered} - set(seen)]
    for room in rooms:
        complaints += _said_twice_in_a_row(room.name, await room.messages())
    return complaints


def _said_twice_in_a_row(channel: str, cards: list[Card]) -> list[str]:
    """Topics, pins and arrivals leave messages too."""
    system = [card.words for card in cards if card.wire.get("subtype")]
    twice = [one for one, other in pairwise(system) if one == other]
    return [f"#{channel} says twice: {words}" for words in twice]


async def outbox_of(url: str) -> tuple[list[Mark], int, int]:
    """Which new messages were delivered, and how many effects wait or were buried."""
    rows = await rows_of(url, QUERY)
    delivered = [_told(kind, json.loads(body)) for kind, body, settled, _ in rows if settled]
    buried = sum(buried is not None for *_, buried in rows)
    waiting = sum(settled is None and buried is None for *_, settled, buried in rows)
    return [mark for mark in delivered if mark], waiting, buried


def _told(kind: str, body: dict[str, str]) -> Mark | None:
    """The message that a delivered effect has left; None for effects that leave none."""
    roles = {"PostNotice": ("notice", "entry_id"), "PostUpdate": ("update", "update_id")}
    if kind not in roles:
        return None
    role, id = roles[kind]
    return body["incident_id"], f"{role}:{body[id]}"


def _mark(wire: dict[str, object]) -> Mark | None:
    """Incident and role, as the metadata of each message of ours says them."""
    metadata = wire.get("metadata")
    if not isinstance(metadata, dict) or metadata.get("event_type") != "tocsin_effect":
        return None
    payload = metadata["event_payload"]
    return payload["incident_id"], payload["effect_id"]
