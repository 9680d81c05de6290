"""What a source said, being dealt with: the words every step of it speaks in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TypeAlias

from core.domain.actor import Actor
from core.domain.alert import Alert, Episode
from core.domain.ids import IncidentId
from core.domain.incident import Incident
from core.domain.integration import Integration
from core.domain.text import cut_line
from core.errors import NotFound
from core.ports import UnitOfWork

SHOWN_NAMES, MAX_SHOWN_NAME = 3, 80

Said: TypeAlias = Alert | Episode
"""What an alert says of itself, just heard or kept since."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ring:
    """What a source said, being dealt with: whose, by whom, in which transaction, when. It was
    heard from `heard_from` to `heard_until`. `late`: it has waited for so long that more of it may
    wait."""

    integration: Integration
    actor: Actor
    uow: UnitOfWork
    now: datetime
    late: bool = False
    heard_from: datetime | None = None
    heard_until: datetime | None = None


async def found(id: IncidentId | None, uow: UnitOfWork) -> Incident | None:
    try:
        return await uow.incidents.get(id) if id else None
    except NotFound:
        return None


def spoken(alert: Said) -> str:
    return alert.summary or alert.name


def names_of(alerts: Iterable[Said]) -> tuple[str, ...]:
    distinct = dict.fromkeys(spoken(alert) for alert in alerts)
    first = islice(distinct, SHOWN_NAMES)
    return tuple(cut_line(name, MAX_SHOWN_NAME) or "unnamed" for name in first)
