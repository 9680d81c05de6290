"""`/api/v1/incidents`, which Overwatch and Observer share: one handler for both, per request."""

from collections.abc import Iterator
from contextlib import contextmanager

from aiohttp import web

from bot.api import wire_v1 as wire
from bot.api.auth import Client, Gate
from bot.api.dialects.words import state_named
from bot.api.filters import incident_query
from bot.api.pages import Pages
from bot.api.paging import cursor_of, paging_of
from bot.api.people import user_meant
from bot.api.requests import IncidentChange, NewIncident, idempotency_key
from bot.web.bodies import Reading, parsed, read_body, require_json
from bot.web.validation import Model, checked
from core.bus import CommandBus
from core.commands import DeclareIncident, EditIncident, PostUpdate
from core.domain.account import Dialect
from core.domain.actor import Permission
from core.domain.ids import ServiceId, UserId
from core.domain.incident import Incident
from core.domain.state import State
from core.errors import InvalidInput, NotFound
from core.ports import ReadModels
from core.views import IncidentRecord

CREATED = {Dialect.OBSERVER: 200}
"""What a creation answers where it is not 201."""

_FIELDS = {"service_ids": "affected_services", "assignee_id": "assignee", "text": "initial_message"}
_LONGEST_ID = 200


class Incidents:
    def __init__(
        self, gate: Gate, bus: CommandBus, reads: ReadModels, pages: Pages, reading: Reading
    ) -> None:
        self._gate = gate
        self._bus = bus
        self._reads = reads
        self._pages = pages
        self._reading = reading

    def register(self, app: web.Application) -> None:
        app.router.add_get("/api/v1/incidents", self.list)
        app.router.add_post("/api/v1/incidents", self.create)
        app.router.add_get("/api/v1/incidents/{id}", self.get)
        app.router.add_patch("/api/v1/incidents/{id}", self.edit)

    async def list(self, request: web.Request) -> web.Response:
        client = await self._gate.admit(request, Permission.READ_INCIDENTS)

        async def page() -> bytes:
            return await self._list(request, client)

        key = (
            "incidents",
            client.caller.organization_id,
            client.dialect,
            request.rel_url.raw_query_string,
        )
        return wire.answer(await self._pages.page(key, page))

    async def create(self, request: web.Request) -> web.Response:
        client = await self._gate.admit(request, Permission.WRITE_INCIDENTS)
        wish = await self._sent(request, NewIncident)
        draft = not wish.publish if wish.publish is not None else _drafts(client)
        if draft and wish.initial_message:
            raise InvalidInput(
                "A draft cannot have a message yet; set publish, or leave initial_message out.",
                field="initial_message",
            )
        key = idempotency_key(request, client)
        with _in_the_callers_words():
            incident = await self._declare(wish, client, draft, key)
            body = wire.one(
                wire.record_json(await self._made(incident, wish, client, key), client.dialect)
            )
        return wire.answer(body, status=CREATED.get(client.dialect, 201))

    async def get(self, request: web.Request) -> web.Response:
        client = await self._gate.admit(request, Permission.READ_INCIDENTS)
        record = await self._record(request, client)
        return wire.answer(wire.one(wire.record_json(record, client.dialect)))

    async def edit(self, request: web.Request) -> web.Response:
        client = await self._gate.admit(request, Permission.WRITE_INCIDENTS)
        wish = await self._sent(request, IncidentChange)
        before = await self._record(request, client)
        assignee = await self._assignee(wish.assignee, client)
        services = wish.affected_services
        with _in_the_callers_words():
            await self._bus.execute(
                EditIncident(
                    caller=client.caller,
                    key=idempotency_key(request, client),
                    incident_id=before.row.id,
                    title=wish.title,
                    description=wish.description,
                    severity=wish.severity,
                    service_ids=None if services is None else tuple(map(ServiceId, services)),
                    assignee_id=assignee,
                    unassign=assignee is None and "assignee" in wish.model_fields_set,
                    state=_state_wanted(wish, before.row.state),
                )
            )
        record = await self._reads.incident(client.caller.organization_id, before.row.id)
        return wire.answer(wire.one(wire.record_json(record, client.dialect)))

    async def _list(self, request: web.Request, client: Client) -> bytes:
        paging = paging_of(request.query)
        query = incident_query(request.query, client.dialect, paging)
        page = await self._reads.incidents(client.caller.organization_id, query)
        last = page.rows[-1] if page.rows and page.more else None
        return wire.many(
            [wire.incident_json(row, client.dialect) for row in page.rows],
            paging,
            total=page.total,
            next_cursor=cursor_of((last.created_at, last.id)) if last else None,
        )

    async def _declare(
        self, wish: NewIncident, client: Client, draft: bool, key: str | None
    ) -> Incident:
        return await self._bus.execute(
            DeclareIncident(
                caller=client.caller,
                key=key,
                title=wish.title,
                severity=wish.severity,
                description=wish.description or "",
                service_ids=tuple(map(ServiceId, wish.affected_services or ())),
                assignee_id=await self._assignee(wish.assignee, client),
                draft=draft,
            )
        )

    async def _made(
        self, incident: Incident, wish: NewIncident, client: Client, key: str | None
    ) -> IncidentRecord:
        """What was made, with its first message. Nothing is read again where nothing can differ."""
        if wish.initial_message:
            await self._bus.execute(
                PostUpdate(
                    caller=client.caller,
                    key=f"{key}#message" if key else None,
                    incident_id=incident.id,
                    phase=wish.initial_message.phase,
                    text=wish.initial_message.description,
                )
            )
        elif not (key or incident.service_ids or incident.assignee_id):
            return wire.newborn(incident)
        return await self._reads.incident(client.caller.organization_id, incident.id)

    async def _sent(self, request: web.Request, model: type[Model]) -> Model:
        require_json(request)
        body = await read_body(request, self._reading)
        return await parsed(body, lambda value: checked(model, value))

    async def _record(self, request: web.Request, client: Client) -> IncidentRecord:
        id = request.match_info["id"]
        if len(id) > _LONGEST_ID or not id.isprintable():
            raise NotFound("There is no such incident.")
        return await self._reads.incident(client.caller.organization_id, id)

    async def _assignee(self, word: str | None, client: Client) -> UserId | None:
        if not word or not word.strip():
            return None
        return await user_meant(word, client.caller.organization_id, self._reads)


def _drafts(client: Client) -> bool:
    """Only Observer's incidents are drafts unless they say otherwise."""
    return client.dialect is Dialect.OBSERVER


def _state_wanted(wish: IncidentChange, now: State) -> State | None:
    if wish.status is not None:
        return state_named(wish.status, now, field="status")
    return None if wish.state is None else state_named(wish.state, now, field="state")


@contextmanager
def _in_the_callers_words() -> Iterator[None]:
    """A refusal names the field as the caller wrote it, not as the core calls it."""
    try:
        yield
    except InvalidInput as error:
        if error.field not in _FIELDS:
            raise
        raise InvalidInput(str(error), field=_FIELDS[error.field]) from error
