"""Alerts that ring on the stage, and the message in a channel that lists them."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from core.commands import CreateIntegration, TriageAlerts
from core.domain.alert import Alert, AlertDelivery, AlertStatus, Fingerprint, GroupKey
from core.domain.ids import IncidentId, IntegrationId
from core.domain.severity import Severity
from core.ports import RawDelivery
from sandbox.conversation.card import Card
from sandbox.conversation.room import Room
from tests.fakes.people import the_operator, the_source
from tests.integration.slack.stage import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Ringer:
    """One alert source of the stage."""

    stage: Stage
    id: IntegrationId

    async def rings(self, *alerts: Alert) -> tuple[IncidentId, ...]:
        """One delivery, triaged at once; nothing is waited for."""
        stage = self.stage
        raw = RawDelivery(
            organization_id=stage.organization_id,
            integration_id=self.id,
            body=b"{}",
            received_at=stage.clock(),
        )
        await stage.store.inbox.store(raw)
        [*_, delivery] = await stage.store.inbox.pending(1_000_000)
        return await stage.bus.execute(
            TriageAlerts(
                caller=the_source(stage.organization_id),
                integration_id=self.id,
                deliveries=(AlertDelivery(id=delivery.id, alerts=alerts),),
            )
        )


async def a_source(stage: Stage, name: str = "Prometheus", **settings: Any) -> Ringer:
    integration = await stage.bus.execute(
        CreateIntegration(
            caller=the_operator(stage.organization_id),
            source="alertmanager",
            name=name,
            token_hash=f"hash of {name}",
            settings=settings,
        )
    )
    return Ringer(stage=stage, id=integration.id)


def an_alert(stage: Stage, name: str, **fields: Any) -> Alert:
    """It fires since a minute ago, unless told otherwise."""
    return Alert(
        **{
            "fingerprint": Fingerprint(name),
            "group": GroupKey("latency"),
            "group_title": "Several alerts: latency",
            "name": name,
            "status": AlertStatus.FIRING,
            "starts_at": _minute(stage.clock()),
            "severity": Severity.HIGH,
            "summary": f"{name} of the checkout",
            "labels": {"alertname": name, "team": "payments"},
            **fields,
        }
    )


def its_end(stage: Stage, alert: Alert) -> Alert:
    return replace(alert, status=AlertStatus.RESOLVED, ends_at=stage.clock())


async def listed(room: Room, card: Card) -> list[Card]:
    """The messages below a card that list alerts."""
    return [reply for reply in await room.thread(card) if " alert" in reply.text]


async def its_channel(stage: Stage, reference: str = "INC-1") -> Room:
    incident = await stage.store.reads.incident(stage.organization_id, reference)
    return await stage.room(incident.row.channel_name)


def _minute(at: datetime) -> datetime:
    return at.replace(microsecond=0) - timedelta(minutes=1)
