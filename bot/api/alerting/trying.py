"""`/api/v1/routing-dry-run`: which rule an alert would meet."""

from aiohttp import web

from bot.api import wire_v1
from bot.api.alerting import rule_operations as operations
from bot.api.alerting.rule_shapes import TriedAlert, TryRules
from bot.api.alerting.rule_wire import tried
from bot.api.answers import answer
from bot.api.doors import Doors
from bot.api.operations import Call
from bot.api.renaming import renaming
from bot.rule_trying import Whose, an_alert, ground
from core.domain.alert import Alert
from core.domain.ids import IntegrationId, ServiceId
from core.domain.integration import Integration, source_named
from core.errors import InvalidInput, NotFound

MOST = 100
"""Alerts of one payload that are shown."""

ANY_SOURCE = "generic"


class RuleTrials:
    def __init__(self, doors: Doors) -> None:
        self._doors = doors

    def register(self) -> None:
        self._doors.server.add(operations.TRY, self.run)

    async def run(self, call: Call) -> web.Response:
        wish: TryRules = call.body
        now = self._doors.clock()
        at = wish.at or now
        integration = await self._integration(call)
        if (wish.alert is None) is (wish.payload is None):
            raise InvalidInput("Give an alert or a payload, one of them.", field="alert")
        whose = Whose.of(integration) if integration else Whose(source=ANY_SOURCE)
        alerts: list[Alert] = []
        if wish.payload is not None:
            if integration is None:
                message = "Say which alert source sends such payloads."
                raise InvalidInput(message, field="integration_id")
            alerts = self._doors.hearing(integration, wish.payload, at)[:MOST]
        elif wish.alert is not None:
            whose = _as_said(whose, wish.alert, known=integration is not None)
            words = wish.alert
            alerts = [an_alert(words.name or "", words.severity or "", words.labels or {}, at)]
        what = await ground(
            self._doors.seen_by(call.client), call.client.organization_id, now, wish.at
        )
        met = [what.met_by(alert, whose) for alert in alerts]
        return answer(wire_v1.one({"alerts": [tried(one) for one in met]}))

    async def _integration(self, call: Call) -> Integration | None:
        wish: TryRules = call.body
        if not wish.integration_id:
            return None
        try:
            return await self._doors.reads.alert_source(
                call.client.organization_id, IntegrationId(wish.integration_id)
            )
        except NotFound as error:
            raise InvalidInput(str(error), field="integration_id") from error


def _as_said(whose: Whose, wish: TriedAlert, *, known: bool) -> Whose:
    """Of the kind and the service that the alert is said to be of."""
    source = whose.source
    if wish.source and not known:
        with renaming({"source": "alert.source"}):
            source = source_named(wish.source)
    service_id = ServiceId(wish.service_id) if wish.service_id else whose.service_id
    return Whose(
        source=source,
        integration_id=whose.integration_id,
        service_id=service_id,
        settings=whose.settings,
    )
