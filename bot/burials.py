"""Who records that an effect was given up: whatever it was to show something of."""

from typing import Any, assert_never

from core.commands import Command, RecordBurial, RecordMaintenanceBurial, RecordWebhookAttempt
from core.domain.actor import Actor, Caller, Surface
from core.effects import (
    FanOutEvent,
    IncidentEffect,
    IndexIncident,
    IndexRecord,
    MaintenanceEffect,
    PostAlertNotice,
    PostSummary,
    SendWebhook,
    TellDeclarer,
    TellMaintenanceOwner,
    TellSubscribers,
)
from core.permissions import RELAY
from core.ports import Parcel


def burial_of(parcel: Parcel, reason: str) -> Command[Any] | None:
    """None where telling somebody that they cannot be told would go on for ever, and where
    nobody was to be told anything."""
    caller = Caller(
        organization_id=parcel.organization_id,
        actor=Actor(surface=Surface.RELAY, name="Tocsin"),
        permissions=RELAY,
    )
    effect, kind = parcel.effect, kind_of(parcel)
    match effect:
        case TellDeclarer() | TellMaintenanceOwner() | IndexIncident() | IndexRecord():
            return None
        case PostAlertNotice() | FanOutEvent() | PostSummary() | TellSubscribers():
            return None
        case SendWebhook(delivery_id=id):
            return RecordWebhookAttempt(
                caller=caller, delivery_id=id, reason=reason, final=True, made=False
            )
        case IncidentEffect(incident_id=id):
            return RecordBurial(caller=caller, incident_id=id, effect=kind, reason=reason)
        case MaintenanceEffect(maintenance_id=id):
            return RecordMaintenanceBurial(
                caller=caller, maintenance_id=id, effect=kind, reason=reason
            )
        case _:
            assert_never(effect)


def kind_of(parcel: Parcel) -> str:
    return type(parcel.effect).__name__
