"""Serves operations: lets callers in, reads what they sent, and leaves the rest to a handler."""

from collections.abc import Mapping
from functools import lru_cache

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler as WebHandler
from pydantic import BaseModel
from yarl import URL

from bot.api.auth import Client, Gate
from bot.api.entity_tags import is_conditional, overtaken
from bot.api.idempotency import idempotency_key
from bot.api.operations import Access, Call, Handler, Operation
from bot.web.bodies import Reading, form_of, parsed, read_body, require_json
from bot.web.problems import refusal
from bot.web.validation import checked, checked_query
from core.errors import Conflict

FORM = "application/x-www-form-urlencoded"
LONGEST_PARAMETER = 200
LONGEST_QUERY = 500
"""Characters of a query that is remembered: programs ask the same again and again."""
PREFIXES = ("/api/", "/v1/", "/v2/")


class Server:
    """The operations of an application; `operations` is what there is to document."""

    def __init__(self, app: web.Application, gate: Gate, reading: Reading) -> None:
        self._app = app
        self._gate = gate
        self._reading = reading
        self.operations: list[Operation] = []

    def count_strays(self) -> None:
        """Requests for what there is not are counted too, by the address they come from."""

        @web.middleware
        async def counting(request: web.Request, handler: WebHandler) -> web.StreamResponse:
            if request.match_info.http_exception and request.path.startswith(PREFIXES):
                await self._gate.turn_away(request)
            return await handler(request)

        self._app.middlewares.append(counting)

    def add(self, operation: Operation, handler: Handler) -> None:
        async def serve(request: web.Request) -> web.Response:
            call = await self._call(operation, request)
            try:
                return await handler(call)
            except Conflict as conflict:
                if not is_conditional(request):
                    raise
                raise overtaken() from conflict

        self.operations.append(operation)
        if operation.method == hdrs.METH_GET:
            self._app.router.add_get(operation.path, serve)
        else:
            self._app.router.add_route(operation.method, operation.path, serve)

    async def _call(self, operation: Operation, request: web.Request) -> Call:
        client = await self._client(operation, request)
        params = _params(request)
        query = _query(operation, request)
        if operation.needs is Access.SOURCE:
            return Call(
                request=request,
                operation=operation,
                client=client,
                body=None,
                query=query,
                params=params,
                key=None,
            )
        return Call(
            request=request,
            operation=operation,
            client=client,
            body=await self._body(operation, request),
            query=query,
            params=params,
            key=idempotency_key(request, client) if operation.unsafe else None,
        )

    async def _client(self, operation: Operation, request: web.Request) -> Client:
        match operation.needs:
            case Access.PUBLIC:
                return await self._gate.let_in(request)
            case Access.ANYONE:
                return await self._gate.admit(request)
            case Access.SOURCE | Access.CALENDAR:
                return self._gate.stranger(request)
            case permission:
                return await self._gate.admit(request, permission)

    async def _body(self, operation: Operation, request: web.Request) -> BaseModel | None:
        model = operation.body
        if model is None:
            return None
        body = await read_body(request, self._reading)
        if operation.forms and request.content_type == FORM:
            return checked(model, form_of(body))
        if not (body or operation.body_required):
            return checked(model, {})
        require_json(request)
        return await parsed(body, lambda value: checked(model, value))


def _params(request: web.Request) -> Mapping[str, str]:
    """The variable parts of the path; what cannot be an id of anything is not found."""
    for value in request.match_info.values():
        if len(value) > LONGEST_PARAMETER or not value.isprintable():
            raise web.HTTPNotFound
    return request.match_info


def _query(operation: Operation, request: web.Request) -> BaseModel | None:
    model, asked = operation.query, request.rel_url.raw_query_string
    if model is None:
        return None
    return _remembered(model, asked) if len(asked) <= LONGEST_QUERY else _read(model, asked)


def _read(model: type[BaseModel], asked: str) -> BaseModel:
    query = URL.build(query_string=asked, encoded=True).query
    for name, value in query.items():
        if "\0" in value or "\0" in name:
            message = "The character U+0000 cannot be searched for."
            raise refusal(422, "invalid_value", message, field=name.replace("\0", ""))
    return checked_query(model, query)


@lru_cache(maxsize=1_024)
def _remembered(model: type[BaseModel], asked: str) -> BaseModel:
    """What is refused is read anew each time, and nobody changes what was read."""
    return _read(model, asked)
