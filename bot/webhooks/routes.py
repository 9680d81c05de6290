"""The doors that alerting tools ring: checked, stored durably, and only then answered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

from aiohttp import web

from bot.web.authorization import nothing_offered, offered_secret, unauthorized
from bot.web.bodies import ALERT_LIMIT, Reading, parsed, read_body
from bot.web.lookups import Lookup
from bot.web.problems import refusal
from bot.webhooks.sources import SOURCES
from core.domain.ids import OrganizationId
from core.domain.integration import Integration
from core.ports import Clock, Directory, Inbox, RawDelivery

ACCEPTED = b'{"status":"accepted"}'
ALERT_BODIES = Reading(limit=ALERT_LIMIT)

Require: TypeAlias = Callable[[Any], object]

SERVED: Mapping[str, Require] = {
    source.name: source.require for source in SOURCES.values() if source.require
}
"""The sources whose door is here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bell:
    """What a rung bell needs: where to keep it, whose it is, when, and who is told."""

    inbox: Inbox
    directory: Directory
    clock: Clock
    on_stored: Callable[[], None]
    reading: Reading


def add_webhooks(
    app: web.Application,
    *,
    inbox: Inbox,
    directory: Directory,
    clock: Clock,
    on_stored: Callable[[], None],
    reading: Reading = ALERT_BODIES,
) -> None:
    """Both forms of every source's URL. `on_stored` is called whenever there is work for triage."""
    bell = Bell(inbox=inbox, directory=directory, clock=clock, on_stored=on_stored, reading=reading)
    Webhooks(bell).register(app)


class Webhooks:
    def __init__(self, bell: Bell) -> None:
        self._bell = bell
        self._integrations: Lookup[tuple[OrganizationId, Integration]] = Lookup(
            bell.directory.integration
        )

    def register(self, app: web.Application) -> None:
        for source, require in SERVED.items():
            ring = partial(self.ring, source, require)
            app.router.add_post(f"/webhooks/{source}", ring)
            app.router.add_post(f"/webhooks/{source}/{{token}}", ring)
        app.router.add_post("/webhooks/{source}", unknown_source)
        app.router.add_post("/webhooks/{source}/{token}", unknown_source)

    async def ring(self, source: str, require: Require, request: web.Request) -> web.Response:
        bell = self._bell
        organization_id, integration = await self._integration(request, source)
        # Tools send JSON under many a content type, so none is insisted on.
        body = await read_body(request, bell.reading)
        await parsed(body, require)
        await bell.inbox.store(
            RawDelivery(
                organization_id=organization_id,
                integration_id=integration.id,
                body=body,
                received_at=bell.clock(),
            )
        )
        bell.on_stored()
        return web.Response(status=202, body=ACCEPTED, content_type="application/json")

    async def _integration(
        self, request: web.Request, source: str
    ) -> tuple[OrganizationId, Integration]:
        token = request.match_info.get("token") or offered_secret(request)
        if token is None:
            raise nothing_offered()
        found = await self._integrations.find(token)
        if found is None or found[1].source != source:
            raise unauthorized("invalid_token", "This token does not open this webhook.")
        return found


async def unknown_source(_: web.Request) -> web.Response:
    raise refusal(
        404, "unknown_source", f"There is no such alert source; there is {', '.join(SERVED)}."
    )
