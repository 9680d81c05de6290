"""What is not said any more once it is old, as after hours without Slack; pure.

What people did and said is told however late. What alerts did is shown by the card and the list
of alerts as it stands; of that only the last word is told, and it calls nobody for what is over.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from core.domain import events as e
from core.domain.actor import Surface
from core.domain.ids import EntryId
from core.views import IncidentCard, TimelineEntry

OLD = timedelta(minutes=10)
BY_ITSELF = frozenset({Surface.WEBHOOK, Surface.SCHEDULER})
"""Surfaces behind which there is no person."""

STATE = (
    e.IncidentAcknowledged,
    e.IncidentReopened,
    e.IncidentSnoozed,
    e.IncidentSuppressed,
    e.IncidentResolved,
    e.IncidentClosed,
    e.IncidentCanceled,
)
KINDS: Sequence[tuple[type[e.Event], ...]] = (
    (e.AlertsFired,),
    (e.AlertsCleared,),
    (e.AlertsFlapping, e.AlertsSteady),
    (e.SeverityChanged,),
    STATE,
)
"""What makes another one of the same kind out of date."""


def is_old(entry: TimelineEntry, now: datetime) -> bool:
    return now - entry.at > OLD


def still_worth_telling(
    entry: TimelineEntry, timeline: Sequence[TimelineEntry], card: IncidentCard
) -> bool:
    """Of an old entry."""
    event = entry.event
    kind = next((kind for kind in KINDS if isinstance(event, kind)), None)
    if kind is None or event.by.surface not in BY_ITSELF:
        return True
    if any(_said(later.event, kind) for later in _after(entry.id, timeline)):
        return False
    return not isinstance(event, e.AlertsFired) or bool(card.firing and card.incident.active)


def _said(event: e.Event, kind: tuple[type[e.Event], ...]) -> bool:
    """Alerts that call nobody are told by the list alone."""
    quiet = isinstance(event, e.AlertsFired) and not event.calls
    return isinstance(event, kind) and not quiet


def _after(id: EntryId, timeline: Sequence[TimelineEntry]) -> Sequence[TimelineEntry]:
    place = next((n for n, entry in enumerate(timeline) if entry.id == id), len(timeline))
    return timeline[place + 1 :]
