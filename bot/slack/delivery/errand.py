"""What every delivery starts from: the parcel, its workspace, and its subject as it is now."""

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeAlias

from bot.slack.gateway import Gateway
from bot.slack.shapes import Room
from bot.slack.workspaces import Workspace, Workspaces
from core.domain.events import IntegrationEvent, WebhookSwitchedOff
from core.domain.ids import IncidentId, OrganizationId
from core.errors import Conflict, CoreError, Unavailable
from core.language import say
from core.ports import Delivery, Parcel, ReadModels, Undeliverable, Unreachable
from core.views import IncidentCard, MaintenanceCard, TimelineEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand(ABC):
    """Whatever it is about."""

    parcel: Parcel
    workspace: Workspace

    @property
    def gateway(self) -> Gateway:
        return self.workspace.gateway

    @property
    def organization_id(self) -> OrganizationId:
        return self.parcel.organization_id

    @property
    def subject_id(self) -> str:
        return self.parcel.effect.subject_id

    @property
    @abstractmethod
    def reference(self) -> str:
        """What people call its subject."""

    @property
    @abstractmethod
    def born_at(self) -> datetime:
        """Nothing of its subject was shown anywhere before."""

    @abstractmethod
    def mark(self, role: str) -> dict[str, str]:
        """By what a message of that role is found again."""

    @property
    def secret(self) -> bool:
        """Nothing of it may be said where everybody reads."""
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentErrand(Errand):
    card: IncidentCard

    @property
    def reference(self) -> str:
        return self.card.incident.reference

    @property
    def born_at(self) -> datetime:
        return self.card.incident.created_at

    def mark(self, role: str) -> dict[str, str]:
        return {"effect_id": role, "incident_id": self.incident_id}

    @property
    def incident_id(self) -> IncidentId:
        return self.card.incident.id

    @property
    def is_public(self) -> bool:
        """A draft is shown to nobody, whatever is done to it, nor is a rehearsal that is over."""
        incident = self.card.incident
        return incident.published_at is not None and not incident.hidden

    @property
    def secret(self) -> bool:
        return self.card.incident.private

    @property
    def room(self) -> Room | None:
        """The incident's own channel, while something can be said there."""
        incident = self.card.incident
        if incident.channel_id is None or incident.archived_at:
            return None
        return Room(id=incident.channel_id, name=incident.channel_name)


@dataclass(frozen=True, slots=True, kw_only=True)
class MaintenanceErrand(Errand):
    card: MaintenanceCard

    @property
    def reference(self) -> str:
        return self.card.maintenance.reference

    @property
    def born_at(self) -> datetime:
        return self.card.maintenance.created_at

    def mark(self, role: str) -> dict[str, str]:
        return {"effect_id": role, "maintenance_id": self.card.maintenance.id}


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceErrand(Errand):
    """About an alert source or the like; `entry` is what happened to it."""

    entry: TimelineEntry

    @property
    def reference(self) -> str:
        event = self.entry.event
        if isinstance(event, IntegrationEvent | WebhookSwitchedOff):
            return event.name
        return say("An alert source")

    @property
    def born_at(self) -> datetime:
        return self.entry.at

    def mark(self, role: str) -> dict[str, str]:
        return {"effect_id": role, "entry_id": self.entry.id}


async def as_it_is(errand: IncidentErrand, reads: ReadModels) -> IncidentErrand:
    """The same with its incident looked up anew, for whatever had to wait."""
    card = await reads.card(errand.organization_id, errand.incident_id)
    return replace(errand, card=card)


Deliver: TypeAlias = Callable[[Any, IncidentErrand], Awaitable[None]]
"""One kind of effect of an incident, on its errand."""

DeliverMaintenance: TypeAlias = Callable[[Any, MaintenanceErrand], Awaitable[None]]
DeliverSource: TypeAlias = Callable[[Any, SourceErrand], Awaitable[None]]


class Errands:
    def __init__(self, workspaces: Workspaces, reads: ReadModels) -> None:
        self._workspaces = workspaces
        self._reads = reads

    def run(self, deliver: Deliver) -> Delivery:
        """`deliver` with its errand looked up and its failures as the relay knows them."""

        async def delivery(effect: Any, parcel: Parcel) -> None:
            workspace = await self._workspaces.of_organization(parcel.organization_id)
            card = await self._reads.card(parcel.organization_id, effect.incident_id)
            errand = IncidentErrand(parcel=parcel, workspace=workspace, card=card)
            if errand.is_public:
                await deliver(effect, errand)

        return _as_the_relay_knows_it(delivery)

    def run_maintenance(self, deliver: DeliverMaintenance) -> Delivery:
        """The same for what is about a window."""

        async def delivery(effect: Any, parcel: Parcel) -> None:
            workspace = await self._workspaces.of_organization(parcel.organization_id)
            organization_id, id = parcel.organization_id, effect.maintenance_id
            card = await self._reads.maintenance_card(organization_id, id)
            await deliver(effect, MaintenanceErrand(parcel=parcel, workspace=workspace, card=card))

        return _as_the_relay_knows_it(delivery)

    def run_source(self, deliver: DeliverSource) -> Delivery:
        """The same for what is about an alert source."""

        async def delivery(effect: Any, parcel: Parcel) -> None:
            workspace = await self._workspaces.of_organization(parcel.organization_id)
            entry = await self._reads.entry(parcel.organization_id, effect.entry_id)
            await deliver(effect, SourceErrand(parcel=parcel, workspace=workspace, entry=entry))

        return _as_the_relay_knows_it(delivery)


def _as_the_relay_knows_it(delivery: Delivery) -> Delivery:
    async def told(effect: Any, parcel: Parcel) -> None:
        try:
            await delivery(effect, parcel)
        except (Conflict, Unavailable) as failure:
            # The database comes back, and Slack may have acted before it went.
            raise Unreachable(str(failure), doubtful=True) from failure
        except CoreError as failure:
            raise Undeliverable(str(failure)) from failure
        except Unreachable as failure:
            # Doubt about an earlier attempt outlives a later one that did nothing.
            failure.doubtful = failure.doubtful or parcel.doubtful
            raise

    return told


def nowhere(errand: Errand) -> Undeliverable:
    return Undeliverable(
        say(
            "{reference} has neither a channel nor an announcement where this could be posted.",
            reference=errand.reference,
        )
    )
