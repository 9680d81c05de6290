"""What Slack shows of the incidents, held against what stands in the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from bot.slack.views.alerts import counted
from bot.slack.views.words import status
from core.domain.ids import IncidentId
from core.domain.severity import Severity
from core.domain.state import Phase, State
from sandbox.conversation.card import Card
from sandbox.conversation.room import Room
from sandbox.server import Sandbox
from tests.soak.rows import rows_of

_INCIDENTS = """
SELECT i.number, i.title, i.state, i.phase, i.severity, i.channel_id,
  (SELECT count(*) FROM alerts a WHERE a.incident_id = i.id),
  (SELECT count(*) FROM alerts a WHERE a.incident_id = i.id AND a.ends_at IS NULL)
FROM incidents i ORDER BY i.number
"""
_OUTBOX = "SELECT kind, buried_at IS NOT NULL FROM outbox WHERE settled_at IS NULL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """One incident as it is."""

    number: int
    title: str
    state: State
    phase: Phase
    severity: Severity
    channel_id: str
    alerts: int
    firing: int
    snoozed_until: datetime | None = None
    merged_into: IncidentId | None = None

    @property
    def reference(self) -> str:
        return f"INC-{self.number}"

    @property
    def sentence(self) -> str:
        return f"{self.reference} “{self.title}” is {self.state}: {self.severity.label},"

    @property
    def count(self) -> str:
        return f"{self.firing} of {self.alerts} firing" if self.alerts else ""

    @property
    def topic(self) -> str:
        return f"{self.severity.label} | {status(self)} |"


async def truth(url: str) -> list[Truth]:
    """Every incident, in the order of their numbers."""
    return [
        Truth(
            number=number,
            title=title,
            state=State(state),
            phase=Phase(phase),
            severity=Severity(severity),
            channel_id=channel or "",
            alerts=alerts,
            firing=firing,
        )
        for number, title, state, phase, severity, channel, alerts, firing in await rows_of(
            url, _INCIDENTS
        )
    ]


async def complaints(sandbox: Sandbox, url: str) -> list[str]:
    """What Slack does not show as it is, or has not been told yet."""
    incidents = await truth(url)
    rooms = {room.id: room for room in await sandbox.channels()}
    found = _of_announcements(incidents, await announced(sandbox))
    for one in incidents:
        room = rooms.get(one.channel_id)
        found += await _of_room(one, room) if room else [f"{one.reference} has no channel"]
    waiting = await rows_of(url, _OUTBOX)
    return [
        *found,
        *(f"{kind} {'was buried' if buried else 'waits'}" for kind, buried in waiting),
    ]


async def announced(sandbox: Sandbox) -> list[Card]:
    """In the order in which people read them: what waited follows by severity, then by number."""
    room = await sandbox.channel_named("incidents")
    return [card for card in await room.messages() if card.text.startswith("INC-")]


def _of_announcements(incidents: Sequence[Truth], cards: Sequence[Card]) -> list[str]:
    there = [card.text.split()[0] for card in cards]
    if sorted(there) != sorted(one.reference for one in incidents):
        return [f"announced are {there}, for {len(incidents)} incidents"]
    known = {one.reference: one for one in incidents}
    read = [known[reference] for reference in there]
    overtaken = [
        f"{later.reference} was announced after {earlier.reference}"
        for earlier, later in combinations(read, 2)
        if later.number < earlier.number and later.severity.rank >= earlier.severity.rank
    ]
    return overtaken + [
        f"the announcement of {one.reference} says {card.words!r}"
        for one, card in zip(read, cards, strict=True)
        if not _says(card, one)
    ]


def _says(card: Card, one: Truth) -> bool:
    return card.text.startswith(one.sentence) and one.count in card.words


async def _of_room(one: Truth, room: Room) -> list[str]:
    pinned = [card for card in await room.messages() if card.is_pinned]
    if len(pinned) != 1:
        return [f"{one.reference} has {len(pinned)} cards"]
    [card] = pinned
    found = [] if _says(card, one) else [f"the card of {one.reference} says {card.words!r}"]
    if not str(room.wire["topic"]).startswith(one.topic):
        found.append(f"the topic of {one.reference} is {room.wire['topic']!r}")
    listed = [reply.text for reply in await room.thread(card) if " alert" in reply.text]
    wanted = [f"{one.reference} has {counted(one.alerts, one.firing)}."] if one.alerts else []
    return found if listed == wanted else [*found, f"{one.reference} lists {listed}, not {wanted}"]
