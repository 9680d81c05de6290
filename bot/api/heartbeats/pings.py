"""`/v2/heartbeat/{id}/ping`: something says that it lives."""

from hmac import compare_digest

from aiohttp import web

from bot.api.alert_sources import AlertSources
from bot.api.answers import no_content
from bot.api.doors import Doors
from bot.api.heartbeats import operations
from bot.api.operations import Call
from bot.credentials import hash_of
from bot.web.authorization import offered_secret, offered_token
from core.commands.alerting import PingHeartbeat
from core.domain.actor import Actor, Caller, Surface
from core.domain.heartbeat import Heartbeat
from core.domain.ids import OrganizationId
from core.permissions import INGEST


class Pings:
    def __init__(self, doors: Doors, sources: AlertSources) -> None:
        self._doors = doors
        self._sources = sources

    def register(self) -> None:
        for operation in operations.PINGS:
            self._doors.server.add(operation, self.ping)

    async def ping(self, call: Call) -> web.Response:
        organization_id, heartbeat = await self._pinged(call)
        await self._doors.bus.execute(
            PingHeartbeat(
                caller=Caller(
                    organization_id=organization_id,
                    actor=Actor(surface=Surface.WEBHOOK, name=heartbeat.name),
                    permissions=INGEST,
                ),
                heartbeat_id=heartbeat.id,
            )
        )
        return no_content()

    async def _pinged(self, call: Call) -> tuple[OrganizationId, Heartbeat]:
        """The one of the path, which its own token opens, or a key that may send events."""
        id, token = call.params["id"], offered_token(call.request)
        found = await self._doors.directory.heartbeat(id)
        if found and token and _opens(token, found[1]):
            return found
        if offered_secret(call.request) is None:
            raise await self._sources.turned_away(call.request, token)
        client = await self._sources.holder(call.request)
        heartbeat = await self._doors.seen_by(client).record(client.organization_id, Heartbeat, id)
        return client.organization_id, heartbeat


def _opens(token: str, heartbeat: Heartbeat) -> bool:
    return token.isascii() and compare_digest(heartbeat.token_hash, hash_of(token))
