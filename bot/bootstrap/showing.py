"""What follows from which event where: Slack shows what happens in the organisation whose
workspace it is; outgoing webhooks tell what happens in any, and search knows it.

It also notices that windows changed, for whoever has to be woken by that.
"""

from core.domain.events import Event, MaintenanceEvent
from core.domain.ids import EntryId, OrganizationId
from core.effects import (
    Effect,
    FanOutEvent,
    FanOutWebhooks,
    FindLikenesses,
    IndexIncident,
    IndexRecord,
)
from core.reactions import effects_of

EVERYWHERE = (FanOutEvent, FanOutWebhooks, FindLikenesses, IndexIncident, IndexRecord)
"""What follows also where nothing is shown."""


class Showing:
    """Nothing is shown before `begin`: without Slack nobody is flooded later."""

    def __init__(self) -> None:
        self._organization_id: OrganizationId | None = None
        self._windows_changed = False

    def begin(self, organization_id: OrganizationId) -> None:
        self._organization_id = organization_id

    def react(
        self, organization_id: OrganizationId, event: Event, entry_id: EntryId
    ) -> list[Effect]:
        """Called from the writer's thread as well."""
        if isinstance(event, MaintenanceEvent):
            self._windows_changed = True
        effects = effects_of(event, entry_id)
        if organization_id == self._organization_id:
            return effects
        return [effect for effect in effects if isinstance(effect, EVERYWHERE)]

    def windows_changed(self) -> bool:
        """Whether any did since this was last asked. Who asks between an event and its commit
        takes the news away from whoever asks after it, so do not rely on it alone."""
        changed, self._windows_changed = self._windows_changed, False
        return changed
