"""`/api/v1/integrations`: the alert sources of an organisation."""

from collections.abc import Mapping
from typing import Any

from aiohttp import web

from bot.api import wire_v1
from bot.api.answers import answer, no_content
from bot.api.doors import Doors
from bot.api.integrations import operations, wire
from bot.api.integrations.shapes import Config, IntegrationChange, NewIntegration, Settings
from bot.api.operations import Call
from bot.api.renaming import renaming
from bot.credentials import hash_of, new_token
from bot.source_secrets import SourceSecrets
from bot.web.problems import refusal
from core.commands import CreateIntegration
from core.commands.alerting import DeleteIntegration, EditIntegration, RotateIntegrationToken
from core.domain.ids import IntegrationId, ServiceId
from core.domain.integration import Integration
from core.errors import InvalidInput, NotFound

SERVICE = {"service_id": "config.service_id"}


class Integrations:
    def __init__(self, doors: Doors, secrets: SourceSecrets, base_url: str) -> None:
        self._doors = doors
        self._secrets = secrets
        self._base_url = base_url

    def register(self) -> None:
        server = self._doors.server
        server.add(operations.LIST, self.list)
        server.add(operations.CREATE, self.create)
        server.add(operations.SHOW, self.show)
        server.add(operations.EDIT, self.edit)
        server.add(operations.DELETE, self.delete)
        server.add(operations.ROTATE, self.rotate)

    async def list(self, call: Call) -> web.Response:
        """There are few enough to page through them here."""
        paging = call.query.paging()
        if paging.after:
            raise InvalidInput("Alert sources have no cursor; use offset or page.", field="cursor")
        reads, organization_id = self._doors.seen_by(call.client), call.client.organization_id
        every = await reads.integrations(organization_id)
        heard, now = await reads.last_heard(organization_id), self._doors.clock()
        shown = every[paging.offset : paging.offset + paging.limit]
        entries = [
            wire.integration(one, self._base_url, now=now, heard=heard.get(one.id)) for one in shown
        ]
        return answer(wire_v1.many(entries, paging, total=len(every), next_cursor=None))

    async def create(self, call: Call) -> web.Response:
        """Under the key of an earlier request its source comes back, whose token nobody knows."""
        wish: NewIntegration = call.body
        platform = wish.type or wish.platform
        if not platform:
            raise refusal(422, "is_required", "Say which tool it is.", field="type")
        token = new_token()
        with renaming({**SERVICE, "source": "type" if wish.type else "platform"}):
            integration = await self._created(call, platform, wish.config or Config(), token)
        is_new = integration.token_hash == hash_of(token)
        return await self._answer(call, integration, token if is_new else None, status=201)

    async def show(self, call: Call) -> web.Response:
        return await self._answer(call, await source_of(self._doors, call))

    async def edit(self, call: Call) -> web.Response:
        wish: IntegrationChange = call.body
        config = wish.config or Config()
        with renaming(SERVICE):
            integration = await self._doors.bus.execute(
                EditIntegration(
                    caller=call.client.caller,
                    key=call.key,
                    integration_id=IntegrationId(call.params["id"]),
                    name=wish.name,
                    service_id=config.service_id,
                    auto_resolve=config.auto_resolve,
                    settings=given(wish.settings),
                    sealed_secret=None if wish.secret is None else self._sealed(wish.secret),
                )
            )
        return await self._answer(call, integration)

    async def delete(self, call: Call) -> web.Response:
        await self._doors.bus.execute(
            DeleteIntegration(
                caller=call.client.caller,
                key=call.key,
                integration_id=IntegrationId(call.params["id"]),
            )
        )
        return no_content()

    async def rotate(self, call: Call) -> web.Response:
        token = new_token()
        integration = await self._doors.bus.execute(
            RotateIntegrationToken(
                caller=call.client.caller,
                key=call.key,
                integration_id=IntegrationId(call.params["id"]),
                token_hash=hash_of(token),
                sealed_token=self._secrets.seal(token),
            )
        )
        is_new = integration.token_hash == hash_of(token)
        return await self._answer(call, integration, token if is_new else None)

    async def _created(self, call: Call, platform: str, config: Config, token: str) -> Integration:
        wish: NewIntegration = call.body
        return await self._doors.bus.execute(
            CreateIntegration(
                caller=call.client.caller,
                key=call.key,
                source=platform,
                name=wish.name,
                token_hash=hash_of(token),
                service_id=ServiceId(config.service_id) if config.service_id else None,
                auto_resolve=config.auto_resolve is not False,
                settings=given(wish.settings),
                sealed_token=self._secrets.seal(token),
                sealed_secret=self._sealed(wish.secret or ""),
            )
        )

    async def _answer(
        self, call: Call, one: Integration, token: str | None = None, *, status: int = 200
    ) -> web.Response:
        heard = await self._doors.reads.last_heard(call.client.organization_id)
        shown = wire.integration(
            one, self._base_url, now=self._doors.clock(), heard=heard.get(one.id), token=token
        )
        return answer(wire_v1.one({**shown, "token": token}), status=status)

    def _sealed(self, secret: str) -> str:
        return self._secrets.seal(secret.strip())


async def source_of(doors: Doors, call: Call) -> Integration:
    """The source that the path names; one that was deleted is not found."""
    id = IntegrationId(call.params["id"])
    for one in await doors.reads.integrations(call.client.organization_id):
        if one.id == id:
            return one
    raise NotFound(f"There is no alert source {id}.")


def given(settings: Settings | None) -> Mapping[str, Any]:
    """Those that were sent."""
    return settings.model_dump(exclude_none=True) if settings else {}
