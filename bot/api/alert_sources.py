"""Alert events that come through the API: whose they are, and stored before they are answered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import uuid4

import orjson
from aiohttp import web

from bot.api.auth import Client, Gate
from bot.api.idempotency import HEADER, checked_key
from bot.web.authorization import nothing_offered, unauthorized
from bot.web.bodies import Reading, json_of, malformed, read_body
from bot.web.lookups import Lookup
from bot.web.problems import Refusal, refusal
from core.domain.actor import Permission
from core.domain.ids import OrganizationId
from core.domain.integration import Integration
from core.ports import Clock, Directory, Inbox, RawDelivery


@dataclass(frozen=True, slots=True, kw_only=True)
class Bells:
    """Where rung alerts are kept, and who is told that there is work."""

    inbox: Inbox
    on_stored: Callable[[], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ringing:
    """An alert source whose credential was shown."""

    organization_id: OrganizationId
    integration: Integration


class AlertSources:
    """Lets events in by the token of their source, or by a key of the API."""

    def __init__(
        self, gate: Gate, directory: Directory, bells: Bells, clock: Clock, reading: Reading
    ) -> None:
        self._gate = gate
        self._bells = bells
        self._clock = clock
        self._reading = reading
        self._tokens: Lookup[tuple[OrganizationId, Integration]] = Lookup(directory.integration)

    async def body(self, request: web.Request) -> dict[str, Any]:
        """The JSON object that was sent, whatever its content type says."""
        value = json_of(await read_body(request, self._reading))
        if not isinstance(value, dict):
            raise refusal(422, "invalid_value", "The body must be a JSON object.")
        return value

    async def holder(self, request: web.Request) -> Client:
        """Whoever shows a key that may send events; a `Refusal` otherwise."""
        return await self._gate.admit(request, Permission.SEND_EVENTS)

    async def of_token(self, token: str | None, kind: str) -> Ringing | None:
        """The source of this kind that the token opens."""
        found = await self._tokens.find(token) if token else None
        if found is None or found[1].source != kind:
            return None
        return Ringing(organization_id=found[0], integration=found[1])

    async def turned_away(self, request: web.Request, token: str | None) -> Refusal:
        """What is answered to a token that opens nothing, or to none; guessing is limited by the
        address it comes from."""
        await self._gate.let_in(request)
        if token is None:
            return nothing_offered()
        return unauthorized("invalid_token", "This token does not open this alert source.")

    async def store(self, ringing: Ringing, event: Mapping[str, Any]) -> None:
        """Returns once it is durable."""
        try:
            body = orjson.dumps(event)
        except orjson.JSONEncodeError as error:
            raise malformed("it is nested too deeply") from error
        await self._bells.inbox.store(
            RawDelivery(
                organization_id=ringing.organization_id,
                integration_id=ringing.integration.id,
                body=body,
                received_at=self._clock(),
            )
        )
        self._bells.on_stored()


def made_key(request: web.Request) -> str:
    """For an event without a key of its own: the same for a request that is sent again under the
    same idempotency key."""
    given = request.headers.get(HEADER, "").strip()
    if not given:
        return uuid4().hex
    return sha256(checked_key(given, field=HEADER).encode()).hexdigest()[:32]
