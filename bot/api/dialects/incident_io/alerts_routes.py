"""`/v2/alerts` and `/v2/incident_alerts`: what alert sources sent, and where it belongs."""

from aiohttp import web

from bot.api.answers import answer
from bot.api.dialects.incident_io import alerts_wire as wire
from bot.api.dialects.incident_io.alerts_filters import alert_query
from bot.api.dialects.incident_io.alerts_shapes import (
    AlertAnswer,
    AlertsAnswer,
    AlertsQuery,
    IncidentAlertAnswer,
    IncidentAlertsAnswer,
    IncidentAlertsQuery,
    NewIncidentAlert,
)
from bot.api.dialects.incident_io.paging import meta
from bot.api.dialects.incident_io.vocabulary import Vocabulary
from bot.api.doors import Doors
from bot.api.operations import Call, Operation, Tag
from core.commands import AttachAlert, ResolveAlert
from core.domain.actor import Permission
from core.domain.ids import EpisodeId, IncidentId
from core.errors import InvalidInput, NotFound
from core.ports import AlertPage, AlertQuery, AlertRow

NONE = AlertPage(rows=(), more=False)

LIST = Operation(
    method="GET",
    path="/v2/alerts",
    name="alerts_v2_list",
    summary="List alerts, newest first",
    tag=Tag.INCIDENT_IO,
    needs=Permission.READ_INCIDENTS,
    query=AlertsQuery,
    answers={200: AlertsAnswer},
)
SHOW = Operation(
    method="GET",
    path="/v2/alerts/{id}",
    name="alerts_v2_show",
    summary="Show an alert",
    tag=Tag.INCIDENT_IO,
    needs=Permission.READ_INCIDENTS,
    answers={200: AlertAnswer},
)
RESOLVE = Operation(
    method="POST",
    path="/v2/alerts/{id}/actions/resolve",
    name="alerts_v2_resolve",
    summary="Resolve an alert, and its incident if it was the last one there",
    tag=Tag.INCIDENT_IO,
    needs=Permission.WRITE_INCIDENTS,
    answers={200: AlertAnswer},
)
LIST_ATTACHED = Operation(
    method="GET",
    path="/v2/incident_alerts",
    name="alerts_v2_list_incident_alerts",
    summary="List alerts with the incidents they belong to",
    tag=Tag.INCIDENT_IO,
    needs=Permission.READ_INCIDENTS,
    query=IncidentAlertsQuery,
    answers={200: IncidentAlertsAnswer},
)
ATTACH = Operation(
    method="POST",
    path="/v2/incident_alerts",
    name="alerts_v2_create_incident_alert",
    summary="Attach an alert to an incident",
    tag=Tag.INCIDENT_IO,
    needs=Permission.WRITE_INCIDENTS,
    body=NewIncidentAlert,
    answers={201: IncidentAlertAnswer},
    refuses=frozenset({404}),
    example={"incident_id": "inc_abc123", "alert_id": "alr_abc123"},
)


class Alerts:
    def __init__(self, doors: Doors) -> None:
        self._doors = doors
        self._vocabulary = Vocabulary(doors.reads)

    def register(self) -> None:
        server = self._doors.server
        server.add(LIST, self.list)
        server.add(SHOW, self.get)
        server.add(RESOLVE, self.resolve)
        server.add(LIST_ATTACHED, self.list_attached)
        server.add(ATTACH, self.attach)

    async def list(self, call: Call) -> web.Response:
        wish: AlertsQuery = call.query
        query = alert_query(call.request.query, wish)
        page = (
            await self._doors.seen_by(call.client).alerts(call.client.organization_id, query)
            if query
            else NONE
        )
        shown = [wire.alert(row) for row in page.rows]
        return answer({"alerts": shown, "pagination_meta": _meta(page, wish.page_size)})

    async def get(self, call: Call) -> web.Response:
        row = await self._read(call, call.params["id"])
        return answer({"alert": wire.alert(row)})

    async def resolve(self, call: Call) -> web.Response:
        id = EpisodeId(call.params["id"])
        command = ResolveAlert(caller=call.client.caller, key=call.key, alert_id=id)
        await self._doors.bus.execute(command)
        return answer({"alert": wire.alert(await self._read(call, id))})

    async def list_attached(self, call: Call) -> web.Response:
        wish: IncidentAlertsQuery = call.query
        query = AlertQuery(
            id=EpisodeId(wish.alert_id) if wish.alert_id else None,
            incident_id=IncidentId(wish.incident_id) if wish.incident_id else None,
            attached=True,
            limit=wish.page_size,
            after=EpisodeId(wish.after) if wish.after else None,
        )
        organization_id = call.client.organization_id
        page = await self._doors.seen_by(call.client).alerts(organization_id, query)
        statuses = await self._vocabulary.statuses(organization_id)
        shown = [
            wire.incident_alert(row, row.incident, statuses) for row in page.rows if row.incident
        ]
        return answer({"incident_alerts": shown, "pagination_meta": _meta(page, wish.page_size)})

    async def attach(self, call: Call) -> web.Response:
        wish: NewIncidentAlert = call.body
        organization_id = call.client.organization_id
        alert_id, incident_id = await self._meant(call, wish)
        await self._doors.bus.execute(
            AttachAlert(
                caller=call.client.caller, key=call.key, alert_id=alert_id, incident_id=incident_id
            )
        )
        row = await self._read(call, alert_id)
        if row.incident is None:
            raise NotFound(f"There is no incident {incident_id}.")
        statuses = await self._vocabulary.statuses(organization_id)
        shown = wire.incident_alert(row, row.incident, statuses)
        return answer({"incident_alert": shown}, status=201)

    async def _meant(self, call: Call, wish: NewIncidentAlert) -> tuple[EpisodeId, IncidentId]:
        """Both of them, or a refusal that names the field."""
        reads, organization_id = self._doors.seen_by(call.client), call.client.organization_id
        field = "incident_id"
        try:
            record = await reads.incident(organization_id, wish.incident_id)
            field = "alert_id"
            alert = await reads.alert(organization_id, EpisodeId(wish.alert_id))
        except NotFound as error:
            raise InvalidInput(str(error), field=field) from error
        return alert.episode.id, record.row.id

    async def _read(self, call: Call, id: str) -> AlertRow:
        return await self._doors.seen_by(call.client).alert(
            call.client.organization_id, EpisodeId(id)
        )


def _meta(page: AlertPage, page_size: int) -> dict[str, object]:
    return meta(page_size, page.rows[-1].episode.id if page.more else None)
