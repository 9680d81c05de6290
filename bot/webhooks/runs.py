"""Which deliveries may be decided together: as many as tell one story without a turn in it."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from core.domain.alert import Alert, AlertDelivery, AlertStatus, Fingerprint
from core.domain.ids import IntegrationId, OrganizationId
from core.ports import PendingDelivery

_Whose: TypeAlias = tuple[str, OrganizationId, IntegrationId]

MOST_ALERTS = 1_000
"""Of one run, and of one commit, unless a single delivery has more: whatever is written meanwhile
waits for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Deliveries of one integration, in the order they came; `source` is its kind."""

    source: str
    organization_id: OrganizationId
    integration_id: IntegrationId
    deliveries: tuple[AlertDelivery, ...]

    @property
    def alerts(self) -> int:
        return sum(len(delivery.alerts) for delivery in self.deliveries)

    def singly(self) -> list["Run"]:
        return [replace(self, deliveries=(delivery,)) for delivery in self.deliveries]


@dataclass(slots=True)
class _Open:
    """A run that is still growing."""

    deliveries: list[AlertDelivery] = field(default_factory=list)
    said: dict[Fingerprint, AlertStatus] = field(default_factory=dict)
    alerts: int = 0

    def takes(self, alerts: tuple[Alert, ...]) -> bool:
        """Not what turns: an alert that fired and then ended is worth an incident of its own."""
        fits = not self.alerts or self.alerts + len(alerts) <= MOST_ALERTS
        return fits and all(
            self.said.get(alert.fingerprint, alert.status) is alert.status for alert in alerts
        )

    def add(self, delivery: AlertDelivery) -> None:
        self.deliveries.append(delivery)
        self.said.update((alert.fingerprint, alert.status) for alert in delivery.alerts)
        self.alerts += len(delivery.alerts)


def runs_of(understood: Iterable[tuple[PendingDelivery, tuple[Alert, ...]]]) -> list[Run]:
    """The fewest runs that keep the order of each integration."""
    finished: list[Run] = []
    growing: dict[_Whose, _Open] = {}
    for pending, alerts in understood:
        whose = pending.source, pending.raw.organization_id, pending.raw.integration_id
        run = growing.setdefault(whose, _Open())
        if not run.takes(alerts):
            finished.append(_closed(whose, run))
            run = growing[whose] = _Open()
        run.add(AlertDelivery(id=pending.id, alerts=alerts, received_at=pending.raw.received_at))
    return [*finished, *(_closed(whose, run) for whose, run in growing.items())]


def shares_of(runs: Iterable[Run]) -> list[list[Run]]:
    """Neighbours that are decided without a rest between them."""
    shares: list[list[Run]] = []
    room = 0
    for run in runs:
        if not shares or run.alerts > room:
            shares.append([])
            room = MOST_ALERTS
        shares[-1].append(run)
        room -= run.alerts
    return shares


def _closed(whose: _Whose, run: _Open) -> Run:
    source, organization_id, integration_id = whose
    return Run(
        source=source,
        organization_id=organization_id,
        integration_id=integration_id,
        deliveries=tuple(run.deliveries),
    )
