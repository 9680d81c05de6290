"""What windows cost those who ring: triage with none and with fifty in progress, and raising."""

import asyncio
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from bot.bootstrap.moment import ulids, utc_now
from core.bus import CommandBus
from core.commands import (
    AddService,
    CompleteMaintenance,
    CreateIntegration,
    RaiseSuppressedAlerts,
    ScheduleMaintenance,
    TriageAlerts,
)
from core.domain.actor import Actor, Caller, Surface
from core.domain.alert import Alert, AlertDelivery, AlertStatus, Fingerprint, GroupKey
from core.domain.ids import DeliveryId, IntegrationId, ServiceId
from core.domain.maintenance import Maintenance
from core.permissions import OPERATOR
from core.ports import RawDelivery
from storage.migrating import migrate
from storage.opening import Storage, open_storage

WINDOWS = 50
DELIVERIES, ALERTS = 40, 25
TOGETHER = 40
"""Deliveries in one turn of triage, which share commits."""

ROUNDS = 5
"""As many short ones instead of each long one; the best of either side is compared."""

FLOOD = 10_000
TARGET = 0.7
"""The least part of the speed that fifty windows may leave."""

FOREIGN = ("cluster=~eu-[0-9]+", "instance!~db-.*", "job=nobody")
_numbers = count()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A database, a service in it, and the source that rings for it."""

    storage: Storage
    bus: CommandBus
    caller: Caller
    service_id: ServiceId
    source: IntegrationId

    async def ring(self, groups: int, alerts: int) -> float:
        """Seconds that triage takes for so many deliveries, a group each, of so many alerts."""
        wishes = [self._wish(id, alerts) for id in await self._deliveries(groups)]
        begin = time.perf_counter()
        for first in range(0, len(wishes), TOGETHER):
            await asyncio.gather(*map(self.bus.execute, wishes[first : first + TOGETHER]))
        return time.perf_counter() - begin

    async def window(self, *services: ServiceId, matchers: tuple[str, ...] = ()) -> Maintenance:
        return await self.bus.execute(
            ScheduleMaintenance(
                caller=self.caller,
                title="Bench",
                start_now=True,
                scheduled_end_at=utc_now() + timedelta(hours=8),
                service_ids=services,
                matchers=matchers,
            )
        )

    async def raised(self, window: Maintenance) -> float:
        """Seconds that a batch of its alerts takes."""
        begin = time.perf_counter()
        await self.bus.execute(RaiseSuppressedAlerts(caller=self.caller, maintenance_id=window.id))
        return time.perf_counter() - begin

    async def _deliveries(self, number: int) -> list[DeliveryId]:
        """So many rows in the inbox."""
        raw = RawDelivery(
            organization_id=self.caller.organization_id,
            integration_id=self.source,
            body=b"{}",
            received_at=utc_now(),
        )
        await asyncio.gather(*(self.storage.inbox.store(raw) for _ in range(number)))
        return [stored.id for stored in await self.storage.inbox.pending(number)]

    def _wish(self, id: DeliveryId, alerts: int) -> TriageAlerts:
        heard = AlertDelivery(id=id, alerts=_alerts(alerts))
        return TriageAlerts(caller=self.caller, integration_id=self.source, deliveries=(heard,))


async def suppression(folder: Path, rounds: int) -> None:
    """Rounds alternate between the two databases, so that a busy moment strikes both."""
    bare, busy = await _place(folder, "none"), await _place(folder, "fifty")
    for n in range(WINDOWS):
        made = await busy.bus.execute(AddService(caller=busy.caller, name=f"other {n}"))
        await busy.window(made.id, matchers=FOREIGN)
    none, fifty = [], []
    for _ in range(rounds * ROUNDS):
        none.append(await bare.ring(DELIVERIES, ALERTS))
        fifty.append(await busy.ring(DELIVERIES, ALERTS))
    print(_triage(min(none), min(fifty)))
    for groups in (1, FLOOD // 10):
        print(await _raising(busy, groups))
    await bare.storage.close()
    await busy.storage.close()


async def _place(folder: Path, name: str) -> Place:
    url = f"sqlite+aiosqlite:///{folder / name}.db"
    await migrate(url)
    storage = await open_storage(url, clock=utc_now, new_id=ulids())
    ours = await storage.directory.ensure_organization("default", "Default")
    actor = Actor(surface=Surface.CLI, name="bench")
    caller = Caller(organization_id=ours.id, actor=actor, permissions=OPERATOR)
    bus = CommandBus(storage.transactions, utc_now)
    service = await bus.execute(AddService(caller=caller, name="checkout"))
    source = await bus.execute(
        CreateIntegration(
            caller=caller,
            source="alertmanager",
            name="bench",
            token_hash="hash",
            service_id=service.id,
            settings={"storm_limit": 0},  # each group is to have an incident, as it is compared
        )
    )
    return Place(storage=storage, bus=bus, caller=caller, service_id=service.id, source=source.id)


async def _raising(place: Place, groups: int) -> str:
    """From the end of a window until the last alert that outlived it has its incident."""
    window = await place.window(place.service_id)
    recorded = await place.ring(groups, FLOOD // groups)
    begin = time.perf_counter()
    await place.bus.execute(CompleteMaintenance(caller=place.caller, maintenance_id=window.id))
    batches: list[float] = []
    while await place.storage.chores.stranded_alerts(1):
        batches.append(await place.raised(window))
    name = f"{FLOOD:,} alerts of {groups:,} incident{'s' if groups > 1 else ''} in a window"
    return (
        f"{name:<44} recorded in {recorded:5.2f} s, raised in {time.perf_counter() - begin:5.2f} s"
        f"   {len(batches)} batches, the longest {1000 * max(batches):.0f} ms"
    )


def _triage(none: float, fifty: float) -> str:
    ratio, each = none / fifty, 1e6 / (DELIVERIES * ALERTS)
    verdict = "met" if ratio >= TARGET else f"missed by {TARGET - ratio:.2f}"
    name = f"triage while {WINDOWS} windows run"
    return (
        f"{name:<44} {ratio:5.2f} of without (target {TARGET:.2f}: {verdict})"
        f"   {each * fifty:5.0f} µs an alert against {each * none:5.0f} µs"
    )


def _alerts(number: int) -> tuple[Alert, ...]:
    group, now = f"group {next(_numbers)}", utc_now()
    return tuple(_alert(f"{group} alert {n}", group, now) for n in range(number))


def _alert(name: str, group: str, at: datetime) -> Alert:
    return Alert(
        fingerprint=Fingerprint(name),
        group=GroupKey(group),
        group_title=group,
        name="HighLatency",
        status=AlertStatus.FIRING,
        starts_at=at,
        summary="p99 latency is high",
        labels={"alertname": "HighLatency", "cluster": "eu-1", "instance": "web-12", "job": "web"},
    )
