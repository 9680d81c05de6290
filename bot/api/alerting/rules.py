"""`/api/v1/routing-rules`: what becomes of alerts, decided by the first rule that fits."""

from typing import Any

from aiohttp import web

from bot.api import wire_v1
from bot.api.alerting import rule_operations as operations
from bot.api.alerting import rule_wire as wire
from bot.api.alerting.rule_shapes import RuleChange
from bot.api.answers import answer, no_content
from bot.api.doors import Doors
from bot.api.operations import Call
from bot.api.record_pages import found
from bot.rule_reading import every_rule, incident_meant
from core.commands.alerting import AddRoutingRule, DeleteRoutingRule, EditRoutingRule
from core.domain.routing_rule import RoutingRule
from core.errors import InvalidInput

NEVER_NULL = ("name", "routing", "position", "enabled")
"""A rule cannot be without these, so null says nothing of them."""


class RoutingRules:
    def __init__(self, doors: Doors) -> None:
        self._doors = doors

    def register(self) -> None:
        server = self._doors.server
        server.add(operations.LIST, self.list)
        server.add(operations.CREATE, self.create)
        server.add(operations.SHOW, self.show)
        server.add(operations.EDIT, self.edit)
        server.add(operations.DELETE, self.delete)

    async def list(self, call: Call) -> web.Response:
        """There are few enough to page through them here."""
        paging = call.query.paging()
        if paging.after:
            message = "Routing rules have no cursor; use offset or page."
            raise InvalidInput(message, field="cursor")
        every = await every_rule(self._doors.seen_by(call.client), call.client.organization_id)
        shown = every[paging.offset : paging.offset + paging.limit]
        entries = [wire.rule(one) for one in shown]
        return answer(wire_v1.many(entries, paging, total=len(every), next_cursor=None))

    async def create(self, call: Call) -> web.Response:
        body = await self._said(call)
        rule = await self._doors.bus.execute(
            AddRoutingRule(caller=call.client.caller, key=call.key, body=body)
        )
        return answer(wire_v1.one(wire.rule(rule)), status=201)

    async def show(self, call: Call) -> web.Response:
        rule = await found(self._doors, call, RoutingRule)
        return answer(wire_v1.one(wire.rule(rule)))

    async def edit(self, call: Call) -> web.Response:
        body = await self._said(call)
        rule = await self._doors.bus.execute(
            EditRoutingRule(
                caller=call.client.caller, key=call.key, rule_id=call.params["id"], body=body
            )
        )
        return answer(wire_v1.one(wire.rule(rule)))

    async def delete(self, call: Call) -> web.Response:
        await self._doors.bus.execute(
            DeleteRoutingRule(caller=call.client.caller, key=call.key, rule_id=call.params["id"])
        )
        return no_content()

    async def _said(self, call: Call) -> dict[str, Any]:
        """What was given, and nothing that was not."""
        wish: RuleChange = call.body
        given = wish.model_dump(exclude_unset=True)
        body = {
            name: value
            for name, value in given.items()
            if value is not None or name not in NEVER_NULL
        }
        if word := body.get("incident_id"):
            reads, organization_id = self._doors.seen_by(call.client), call.client.organization_id
            body["incident_id"] = await incident_meant(word, organization_id, reads)
        return body
