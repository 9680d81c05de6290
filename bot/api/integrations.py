"""`/api/v1/integrations`: the alert sources of an organisation."""

from typing import Any

from aiohttp import web

from bot.api import wire_v1
from bot.api.answers import answer
from bot.api.doors import Doors
from bot.api.integration_shapes import (
    Config,
    IntegrationAnswer,
    IntegrationLine,
    NewIntegration,
)
from bot.api.lists_v1 import Many
from bot.api.operations import Call, Operation, Tag
from bot.api.paging import PageQuery
from bot.api.renaming import renaming
from bot.credentials import hash_of, new_token
from bot.web.problems import refusal
from bot.web.times import instant
from bot.webhook_urls import webhook_url
from core.commands import CreateIntegration
from core.domain.actor import Permission
from core.domain.ids import ServiceId
from core.domain.integration import Integration
from core.errors import InvalidInput, NotFound

LIST = Operation(
    method="GET",
    path="/api/v1/integrations",
    name="list_integrations",
    summary="List alert sources, newest first",
    tag=Tag.OVERWATCH,
    needs=Permission.READ_INTEGRATIONS,
    query=PageQuery,
    answers={200: Many[IntegrationLine]},
)
CREATE = Operation(
    method="POST",
    path="/api/v1/integrations",
    name="create_integration",
    summary="Add an alert source",
    description="The token is shown in this answer only.",
    tag=Tag.OVERWATCH,
    needs=Permission.WRITE_INTEGRATIONS,
    body=NewIntegration,
    answers={201: IntegrationAnswer},
    example={"name": "Production", "type": "datadog", "config": {"auto_resolve": True}},
)


class Integrations:
    def __init__(self, doors: Doors, base_url: str) -> None:
        self._doors = doors
        self._base_url = base_url

    def register(self) -> None:
        self._doors.server.add(LIST, self.list)
        self._doors.server.add(CREATE, self.create)

    async def list(self, call: Call) -> web.Response:
        """There are few enough to page through them here."""
        paging = call.query.paging()
        if paging.after:
            raise InvalidInput("Alert sources have no cursor; use offset or page.", field="cursor")
        every = await self._doors.reads.integrations(call.client.organization_id)
        shown = every[paging.offset : paging.offset + paging.limit]
        entries = [integration_json(one, self._base_url) for one in shown]
        return answer(wire_v1.many(entries, paging, total=len(every), next_cursor=None))

    async def create(self, call: Call) -> web.Response:
        """Under the key of an earlier request its source comes back, whose token nobody knows."""
        wish: NewIntegration = call.body
        config, token = wish.config or Config(), new_token()
        platform = wish.type or wish.platform
        if not platform:
            raise refusal(422, "is_required", "Say which tool it is.", field="type")
        with renaming({"source": "type" if wish.type else "platform"}):
            integration = await self._created(call, platform, config, token)
        is_new = integration.token_hash == hash_of(token)
        shown = integration_json(integration, self._base_url)
        entry = {**shown, "token": token if is_new else None}
        return answer(wire_v1.one(entry), status=201)

    async def _created(self, call: Call, platform: str, config: Config, token: str) -> Integration:
        try:
            return await self._doors.bus.execute(
                CreateIntegration(
                    caller=call.client.caller,
                    key=call.key,
                    source=platform,
                    name=call.body.name,
                    token_hash=hash_of(token),
                    service_id=ServiceId(config.service_id) if config.service_id else None,
                    auto_resolve=config.auto_resolve is not False,
                )
            )
        except NotFound as error:
            raise InvalidInput(str(error), field="config.service_id") from error


def integration_json(one: Integration, base_url: str) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "type": one.source,
        "platform": one.source,
        "status": "active" if one.heard else "not_supported_yet",
        "status_detail": _detail(one),
        "url": webhook_url(base_url, one.source, one.id) if one.heard else None,
        "config": {"service_id": one.service_id, "auto_resolve": one.auto_resolve},
        "created_at": instant(one.created_at),
    }


def _detail(one: Integration) -> str:
    if one.heard:
        return "Its alerts are read."
    return (
        f"What {one.source} sends cannot be read yet and is refused; the source is kept for then."
    )
