"""What an operation gets and what it is spared, whatever it does itself."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from pydantic import BaseModel, Field

from bot.api.answers import answer
from bot.api.auth import Client as Caller
from bot.api.auth import Gate
from bot.api.openapi.document import document
from bot.api.operations import Access, Call, Operation, Tag
from bot.api.paging import PageQuery
from bot.api.server import Server
from bot.web.authorization import unauthorized
from bot.web.bodies import Reading
from bot.web.edge import add_edge
from bot.web.metrics import Metrics
from core.domain.actor import Permission
from tests.integration.api.doors import Client, Parts, bearer, generous, json_of, served


class NobodySignedIn:
    async def client_of(self, token: str) -> Caller:
        raise unauthorized("invalid_token", "This token is not known.")


class Wish(BaseModel):
    name: str
    note: str = ""


class Optional(BaseModel):
    note: str = "none"


class Search(PageQuery):
    words: list[str] = Field([])
    word: str | None = None


def _operation(method: str, path: str, **details: object) -> Operation:
    usual: dict[str, object] = {
        "name": f"{method.lower()}_{path.strip('/').partition('/')[0]}",
        "summary": "A test",
        "tag": Tag.TOCSIN,
        "needs": Permission.READ_INCIDENTS,
        "answers": {200: None},
    }
    return Operation(method=method, path=path, **{**usual, **details})  # type: ignore[arg-type]


async def echo(call: Call) -> web.Response:
    said = call.body.model_dump() if call.body else None
    asked = call.query.model_dump() if call.query else None
    return answer({"body": said, "query": asked, "params": dict(call.params), "key": call.key})


OPERATIONS = (
    _operation("GET", "/things", query=Search),
    _operation("GET", "/things/{id}", name="get_thing"),
    _operation("POST", "/things", body=Wish, needs=Permission.WRITE_INCIDENTS, forms=True),
    _operation("POST", "/things/{id}/poke", body=Optional, body_required=False, name="poke"),
    _operation("GET", "/anyone", needs=Access.ANYONE),
    _operation("POST", "/public", needs=Access.PUBLIC, body=Wish),
)


@pytest.fixture
async def client(parts: Parts) -> AsyncIterator[Client]:
    app = web.Application()
    add_edge(app, clock=parts.clock, meter=Metrics().request)
    standards = generous(parts.clock, per_address=2, per_user=5)
    gate = Gate(parts.directory, parts.clock, NobodySignedIn(), standards)
    server = Server(app, gate, Reading())
    for operation in OPERATIONS:
        server.add(operation, echo)
    async with served(app) as client:
        yield client


async def test_a_list_parameter_takes_all_its_values_and_any_other_the_first(
    client: Client, neutral: str
) -> None:
    path = "/things?words=a&words=b&word=c&word=d&limit=7"

    query = (await json_of(await client.get(path, headers=bearer(neutral))))["query"]

    assert (query["words"], query["word"], query["limit"]) == (["a", "b"], "c", 7)


async def test_blank_parameters_are_absent(client: Client, neutral: str) -> None:
    query = (await json_of(await client.get("/things?limit=&page=", headers=bearer(neutral))))[
        "query"
    ]

    assert (query["limit"], query["page"]) == (25, None)


@pytest.mark.parametrize("limit", ["-1", "many", "1e400", "9" * 40])
async def test_a_number_that_is_none_is_refused_by_its_name(
    client: Client, neutral: str, limit: str
) -> None:
    response = await client.get(f"/things?limit={limit}", headers=bearer(neutral))

    assert response.status == 422
    assert (await json_of(response))["errors"][0]["source"]["field"] == "limit"


async def test_what_no_database_could_hold_is_not_looked_for(client: Client, neutral: str) -> None:
    statuses = [
        (await client.get(path, headers=bearer(neutral))).status
        for path in ("/things?word=%00", "/things/%00", f"/things/{'x' * 300}")
    ]

    assert statuses == [422, 404, 404]


async def test_a_form_is_as_good_as_json_where_it_is_taken(client: Client, neutral: str) -> None:
    sent = await client.post("/things", data={"name": "x"}, headers=bearer(neutral))
    refused = await client.post("/things/1/poke", data={"note": "x"}, headers=bearer(neutral))

    assert (await json_of(sent))["body"] == {"name": "x", "note": ""}
    assert refused.status == 415


async def test_a_body_that_is_optional_may_be_absent(client: Client, neutral: str) -> None:
    response = await client.post("/things/1/poke", headers=bearer(neutral))

    assert (await json_of(response))["body"] == {"note": "none"}


async def test_the_key_of_a_request_is_its_callers_own(client: Client, neutral: str) -> None:
    headers = bearer(neutral) | {"Idempotency-Key": "k-1"}

    response = await client.post("/things", json={"name": "x"}, headers=headers)

    assert str((await json_of(response))["key"]).endswith(":k-1")


async def test_an_idempotency_key_nobody_could_type_is_refused(
    client: Client, neutral: str
) -> None:
    headers = bearer(neutral) | {"Idempotency-Key": "k" * 256}

    response = await client.post("/things", json={"name": "x"}, headers=headers)

    assert response.status == 422
    assert (await json_of(response))["errors"][0]["source"]["field"] == "Idempotency-Key"


async def test_every_answer_says_what_is_left_also_a_refusal(client: Client, neutral: str) -> None:
    first = await client.get("/things", headers=bearer(neutral))
    second = await client.post("/things", data=b"{", headers=bearer(neutral))

    left = [int(one.headers["X-RateLimit-Remaining"]) for one in (first, second)]
    assert left == [4, 3]


async def test_whoever_asks_too_often_is_told_when_to_come_back(
    client: Client, neutral: str
) -> None:
    for _ in range(5):
        await client.get("/anyone", headers=bearer(neutral))

    response = await client.get("/anyone", headers=bearer(neutral))

    assert response.status == 429
    assert int(response.headers["Retry-After"]) > 0
    assert (await json_of(response))["rate_limit"]["remaining"] == 0


async def test_strangers_are_counted_by_their_address(client: Client) -> None:
    statuses = [(await client.post("/public", json={"name": "x"})).status for _ in range(3)]

    assert statuses == [200, 200, 429]


def test_the_document_says_of_each_operation_what_it_takes_and_answers() -> None:
    described = document(OPERATIONS, version="1")

    assert set(described["paths"]) == {operation.path for operation in OPERATIONS}
    listed = described["paths"]["/things"]["get"]
    assert {one["name"] for one in listed["parameters"]} == {
        "limit",
        "offset",
        "page",
        "cursor",
        "words",
        "word",
    }
    assert described["paths"]["/public"]["post"]["security"] == []
    assert set(described["paths"]["/things"]["post"]["requestBody"]["content"]) == {
        "application/json"
    }
    assert "as a form" in described["paths"]["/things"]["post"]["description"]
