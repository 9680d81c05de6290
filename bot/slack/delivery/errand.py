"""What every delivery starts from: the parcel, its workspace, and the incident as it is now."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.slack.gateway import Gateway
from bot.slack.shapes import Room
from bot.slack.workspaces import Workspace, Workspaces
from core.domain.ids import IncidentId, OrganizationId
from core.errors import Conflict, CoreError, Unavailable
from core.ports import Delivery, Parcel, ReadModels, Undeliverable, Unreachable
from core.views import IncidentCard


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    parcel: Parcel
    workspace: Workspace
    card: IncidentCard

    @property
    def gateway(self) -> Gateway:
        return self.workspace.gateway

    @property
    def organization_id(self) -> OrganizationId:
        return self.parcel.organization_id

    @property
    def incident_id(self) -> IncidentId:
        return self.card.incident.id

    @property
    def is_public(self) -> bool:
        """A draft is shown to nobody, whatever is done to it, nor is a rehearsal that is over."""
        incident = self.card.incident
        return incident.published_at is not None and not incident.hidden

    @property
    def room(self) -> Room | None:
        """The incident's own channel."""
        incident = self.card.incident
        if incident.channel_id is None:
            return None
        return Room(id=incident.channel_id, name=incident.channel_name)


Deliver: TypeAlias = Callable[[Any, Errand], Awaitable[None]]
"""One kind of effect, on its errand."""


class Errands:
    def __init__(self, workspaces: Workspaces, reads: ReadModels) -> None:
        self._workspaces = workspaces
        self._reads = reads

    def run(self, deliver: Deliver) -> Delivery:
        """`deliver` with its errand looked up and its failures as the relay knows them."""

        async def delivery(effect: Any, parcel: Parcel) -> None:
            try:
                errand = await self._errand(parcel)
                if errand.is_public:
                    await deliver(effect, errand)
            except (Conflict, Unavailable) as failure:
                # The database comes back, and Slack may have acted before it went.
                raise Unreachable(str(failure), doubtful=True) from failure
            except CoreError as failure:
                raise Undeliverable(str(failure)) from failure
            except Unreachable as failure:
                # Doubt about an earlier attempt outlives a later one that did nothing.
                failure.doubtful = failure.doubtful or parcel.doubtful
                raise

        return delivery

    async def _errand(self, parcel: Parcel) -> Errand:
        workspace = await self._workspaces.of_organization(parcel.organization_id)
        card = await self._reads.card(parcel.organization_id, parcel.effect.incident_id)
        return Errand(parcel=parcel, workspace=workspace, card=card)


def nowhere(errand: Errand) -> Undeliverable:
    reference = errand.card.incident.reference
    return Undeliverable(
        f"{reference} has neither a channel nor an announcement where this could be posted."
    )
