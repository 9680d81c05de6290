"""Whose alert source is ringing, and its words made durable before they are answered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from bot.web.bodies import ALERT_LIMIT, Reading, malformed
from bot.web.lookups import Lookup
from core.bus import CommandBus
from core.domain.ids import OrganizationId
from core.domain.integration import Integration
from core.ports import Clock, Directory, Inbox, RawDelivery, ReadModels

BODIES = Reading(limit=ALERT_LIMIT)
PATIENCE = 2.0
"""Seconds that a question about a request waits for the request to be carried out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the doors need. `on_stored` is called whenever there is work for triage."""

    bus: CommandBus
    inbox: Inbox
    directory: Directory
    reads: ReadModels
    clock: Clock
    on_stored: Callable[[], None]
    reading: Reading = BODIES
    patience: float = PATIENCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Ringing:
    """An alert source whose token was shown."""

    organization_id: OrganizationId
    integration: Integration = field(repr=False)


class Switchboard:
    def __init__(self, around: Surroundings) -> None:
        self.around = around
        self._tokens: Lookup[tuple[OrganizationId, Integration]] = Lookup(
            around.directory.integration
        )

    async def of_token(self, token: str | None, kind: str) -> Ringing | None:
        """The source of this kind that the token opens."""
        found = await self._tokens.find(token) if token else None
        if found is None or found[1].source != kind:
            return None
        return Ringing(organization_id=found[0], integration=found[1])

    async def keep(
        self, ringing: Ringing, said: Mapping[str, Any], request_id: str | None = None
    ) -> None:
        """Returns once it is durable."""
        try:
            body = orjson.dumps(said)
        except orjson.JSONEncodeError as error:
            raise malformed("it is nested too deeply, or has half a character in it") from error
        await self.around.inbox.store(
            RawDelivery(
                organization_id=ringing.organization_id,
                integration_id=ringing.integration.id,
                body=body,
                received_at=self.around.clock(),
                request_id=request_id,
            )
        )
        self.around.on_stored()
