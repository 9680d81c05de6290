"""What is shown in Slack: only what happens in the organisation whose workspace it is."""

from core.domain.events import Event
from core.domain.ids import EntryId, OrganizationId
from core.effects import Effect
from core.reactions import effects_of


class Showing:
    """Nothing follows anywhere before `begin`: without Slack nobody is flooded later."""

    def __init__(self) -> None:
        self._organization_id: OrganizationId | None = None

    def begin(self, organization_id: OrganizationId) -> None:
        self._organization_id = organization_id

    def react(
        self, organization_id: OrganizationId, event: Event, entry_id: EntryId
    ) -> list[Effect]:
        if organization_id != self._organization_id:
            return []
        return effects_of(event, entry_id)
