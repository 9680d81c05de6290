"""Every operation that is served, asked with its own example by whoever is wanted."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.api.openapi.document import document
from bot.api.openapi.parameters import template
from bot.api.operations import Operation
from tests.integration.api.doors import OPERATIONS, Client, api_key, bearer
from tests.integration.api.doorstep import Doorstep

Ids: TypeAlias = Callable[[str], str]
"""From the collection of a path, as `/api/v1/incidents`, to the id that is asked for."""

_VARIABLE = re.compile(r"{\w+}")


@dataclass(frozen=True, slots=True)
class Answered:
    status: int
    text: str
    json: Any
    """None for an empty answer, and for one that is no JSON."""

    @property
    def code(self) -> str:
        """Of a refusal, what is wrong in one word."""
        return str(self.json["errors"][0]["code"])


class EveryOperation:
    """Knows the document, and takes bodies out of it."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self.all: list[Operation] = client.app[OPERATIONS]
        self._paths = document(self.all, version="1")["paths"]

    def __iter__(self) -> Iterator[Operation]:
        return iter(self.all)

    def named(self, name: str) -> Operation:
        return next(one for one in self.all if one.name == name)

    def example(self, operation: Operation) -> Any:
        """The documented body; None where there is none."""
        described = self._paths[template(operation.path)][operation.method.lower()]
        content = described.get("requestBody", {}).get("content", {})
        return content["application/json"]["example"] if content else None

    async def ask(
        self,
        operation: Operation,
        headers: Mapping[str, str],
        *,
        ids: Ids = lambda _: "nothing",
        body: Any = None,
    ) -> Answered:
        """With its example for a body, unless another is given."""
        sent = self.example(operation) if body is None else body
        path = filled(operation.path, ids)
        async with self._client.request(
            operation.method, path, headers=headers, json=sent
        ) as answer:
            text = await answer.text()
            told = await answer.json() if answer.content_type == "application/json" else None
            return Answered(answer.status, text, told)


def collection(path: str) -> str | None:
    """What stands in the path before its first variable; None when it has none."""
    before, found, _ = template(path).partition("/{")
    return before if found else None


def filled(path: str, ids: Ids) -> str:
    """The path with an id for each variable."""
    found = template(path)
    return _VARIABLE.sub(lambda variable: ids(found[: variable.start() - 1]), found)


def told(operation: Operation, answered: Answered) -> str:
    """What was asked and what came of it, on one line."""
    return f"{operation.name}: {answered.status} {answered.text[:150]}"


async def key_at(door: Doorstep, *scopes: str, **details: Any) -> dict[str, str]:
    """The header of a fresh key with these scopes."""
    return bearer(await api_key(door.bus, door.organization_id, scopes=scopes, **details))
