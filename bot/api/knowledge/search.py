"""`/api/v1/search`: incidents, procedures and articles by what is said in them."""

from collections.abc import Iterable, Mapping
from time import perf_counter
from typing import Annotated, Literal, TypeAlias

from aiohttp import web
from pydantic import Field, StrictFloat, StrictInt

from bot.api.answers import answer
from bot.api.auth import Client
from bot.api.closed_words import ANY_CASE
from bot.api.doors import Doors
from bot.api.knowledge import wire
from bot.api.operations import Access, Call, Operation, Tag
from bot.api.paging import AtLeastOne
from bot.api.shape import Shape
from bot.privacy import search_seen_by
from core.domain.actor import Caller, Permission
from core.errors import InvalidInput
from core.permissions import require
from core.ports import Search, SearchQuery

MOST, FEW = 100, 5
READ: Mapping[str, Permission] = {
    "incident": Permission.READ_INCIDENTS,
    "procedure": Permission.READ_PROCEDURES,
    "article": Permission.READ_ARTICLES,
}
"""What can be found, and the permission without which it is not."""

ContentType: TypeAlias = Annotated[
    Literal[
        "incident", "incidents", "procedure", "procedures", "article", "articles", "knowledge_base"
    ],
    ANY_CASE,
]
_KINDS: Mapping[str, str] = {**{f"{kind}s": kind for kind in READ}, "knowledge_base": "article"}


class Question(Shape):
    query: Annotated[
        str,
        Field(
            description="Words, or a whole error log.",
            examples=["database connection pool exhaustion causing timeouts"],
        ),
    ]
    limit: Annotated[
        StrictInt | None, Field(ge=1, description=f"10 if absent; more than {MOST} are {MOST}.")
    ] = None
    content_types: Annotated[
        list[ContentType] | None,
        Field(max_length=20, description="incident, procedure, article; absent or empty: all."),
    ] = None
    min_confidence: Annotated[
        StrictFloat | None, Field(ge=0, le=1, description="Leaves out what scores less.")
    ] = None


class Result(Shape):
    id: str
    title: str
    type: Literal["incident", "procedure", "article"]
    score: Annotated[float, Field(ge=0, le=1)]
    snippet: str
    reason: str = Field(description="Why it was found, in a few words; may be empty.")


class BegunQuery(Shape):
    q: Annotated[str, Field("", description="What has been typed so far.", examples=["connec"])]
    limit: Annotated[
        AtLeastOne | None, Field(description=f"Most suggestions; {FEW} if absent.")
    ] = None
    content_types: list[ContentType] = Field(
        [], description="incident, procedure, article; absent: all."
    )


class SuggestionLine(Shape):
    id: str
    title: str
    type: Literal["incident", "procedure", "article"]


class ResultsMeta(Shape):
    total: int = Field(description="How many results are here.")
    query_time_ms: int


class SuggestionsAnswer(Shape):
    """Best first."""

    suggestions: list[SuggestionLine]
    meta: ResultsMeta


class SearchAnswer(Shape):
    """Best first."""

    results: list[Result]
    meta: ResultsMeta


QUERY = Operation(
    method="POST",
    path="/api/v1/search/query",
    name="search",
    summary="Find incidents, procedures and articles",
    description="Finds what the caller may read: of each type only with its read scope.",
    tag=Tag.OVERWATCH,
    needs=Access.ANYONE,
    body=Question,
    answers={200: SearchAnswer},
    refuses=frozenset({403}),
    example={"query": "database connection pool exhaustion causing timeouts", "limit": 10},
)
ALIAS = Operation(
    method="POST",
    path="/api/v1/search",
    name="search_alias",
    summary="The same as /api/v1/search/query",
    tag=Tag.OVERWATCH,
    needs=Access.ANYONE,
    body=Question,
    answers={200: SearchAnswer},
    refuses=frozenset({403}),
    example={"query": "connection pool", "content_types": ["procedure"], "min_confidence": 0.2},
)
SUGGESTIONS = Operation(
    method="GET",
    path="/api/v1/search/suggestions",
    name="search_suggestions",
    summary="Titles that begin as what is being typed",
    description="Suggests what the caller may read: of each type only with its read scope.",
    tag=Tag.OVERWATCH,
    needs=Access.ANYONE,
    query=BegunQuery,
    answers={200: SuggestionsAnswer},
    refuses=frozenset({403}),
)


class SearchRoutes:
    def __init__(self, doors: Doors, search: Search) -> None:
        self._doors = doors
        self._search = search

    def register(self) -> None:
        self._doors.server.add(QUERY, self.query)
        self._doors.server.add(ALIAS, self.query)
        self._doors.server.add(SUGGESTIONS, self.suggestions)

    async def query(self, call: Call) -> web.Response:
        wish: Question = call.body
        if not wish.query.strip():
            raise InvalidInput("The query is empty; write what to look for.", field="query")
        began = perf_counter()
        found = await self._seen_by(call.client).find(
            call.client.organization_id,
            SearchQuery(
                text=wish.query,
                kinds=readable_kinds(wish.content_types, call.client.caller),
                limit=min(wish.limit or 10, MOST),
                least=wish.min_confidence or 0.0,
            ),
        )
        took = round((perf_counter() - began) * 1_000)
        meta = {"total": len(found), "query_time_ms": took}
        return answer({"results": [wire.found(one) for one in found], "meta": meta})

    async def suggestions(self, call: Call) -> web.Response:
        wish: BegunQuery = call.query
        began = perf_counter()
        found = await self._seen_by(call.client).suggest(
            call.client.organization_id,
            wish.q,
            readable_kinds(wish.content_types, call.client.caller),
            min(wish.limit or FEW, MOST),
        )
        took = round((perf_counter() - began) * 1_000)
        meta = {"total": len(found), "query_time_ms": took}
        return answer({"suggestions": [wire.suggestion(one) for one in found], "meta": meta})

    def _seen_by(self, client: Client) -> Search:
        return search_seen_by(client.caller.viewer, self._search, self._doors.reads)


def readable_kinds(words: Iterable[str] | None, caller: Caller) -> frozenset[str]:
    """Those that were asked for and may be read; it is refused where there is none."""
    wanted = [_KINDS.get(word, word) for word in words or READ]
    readable = frozenset(kind for kind in wanted if READ[kind] in caller.permissions)
    if not readable:
        require(caller, READ[wanted[0]])
    return readable
