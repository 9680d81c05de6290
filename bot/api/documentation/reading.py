"""The OpenAPI document as chapters of entries, in the order a reader wants them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

Json: TypeAlias = Mapping[str, Any]

METHODS = ("get", "post", "put", "patch", "delete")
OTHER = "Other"
EXAMPLE = "Example"
"""The title of an example that has none of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """One form of a body: its media type, what it looks like, and examples by title.

    `described` is the schema, or the one it refers to.
    """

    media_type: str
    schema: Json
    described: Json
    examples: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """What is given in the path, the query or a header, or answered in a header."""

    name: str
    place: str
    required: bool
    description: str
    schema: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    status: str
    description: str
    headers: tuple[Parameter, ...]
    contents: tuple[Content, ...]

    @property
    def refused(self) -> bool:
        return not self.status.startswith(("2", "3"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One method on one path. `credentials` names the security schemes of which one is needed."""

    anchor: str
    method: str
    path: str
    summary: str
    description: str
    deprecated: bool
    credentials: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    body: tuple[Content, ...]
    body_required: bool
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    anchor: str
    name: str
    description: str
    entries: tuple[Entry, ...]


def chapters(document: Json) -> tuple[Chapter, ...]:
    """By tag, in the order in which the document names its tags; the untagged come last."""
    told = {tag["name"]: tag.get("description", "") for tag in document.get("tags", ())}
    by_tag: dict[str, list[Entry]] = {name: [] for name in told}
    for path, item in document.get("paths", {}).items():
        for method in METHODS:
            if operation := item.get(method):
                name = next(iter(operation.get("tags", ())), OTHER)
                shared = item.get("parameters", ())
                entry = _entry(document, path, method, operation, shared)
                by_tag.setdefault(name, []).append(entry)
    return tuple(
        Chapter(
            anchor=f"chapter-{slug(name)}",
            name=name,
            description=told.get(name, ""),
            entries=tuple(entries),
        )
        for name, entries in by_tag.items()
        if entries
    )


def followed(document: Json, value: Json) -> Json:
    """What a `$ref` into the same document stands for."""
    while reference := value.get("$ref"):
        found: Any = document
        for step in str(reference).removeprefix("#/").split("/"):
            found = found[step.replace("~1", "/").replace("~0", "~")]
        value = found
    return value


def slug(text: str) -> str:
    """Fit for the fragment of an address."""
    return "".join(letter if letter.isalnum() else "-" for letter in text)


def _entry(
    document: Json, path: str, method: str, operation: Json, shared: Sequence[Json]
) -> Entry:
    body = followed(document, operation.get("requestBody", {}))
    security = operation.get("security", document.get("security", ()))
    return Entry(
        anchor=operation.get("operationId") or slug(f"{method}{path}"),
        method=method.upper(),
        path=path,
        summary=operation.get("summary", ""),
        description=operation.get("description", ""),
        deprecated=operation.get("deprecated", False),
        credentials=tuple(dict.fromkeys(name for needed in security for name in needed)),
        parameters=tuple(_parameters(document, (*shared, *operation.get("parameters", ())))),
        body=tuple(_contents(document, body)),
        body_required=body.get("required", False),
        answers=tuple(_answers(document, operation.get("responses", {}))),
    )


def _parameters(document: Json, listed: Sequence[Json]) -> Iterator[Parameter]:
    for each in listed:
        parameter = followed(document, each)
        yield Parameter(
            name=parameter["name"],
            place=parameter["in"],
            required=parameter.get("required", False),
            description=parameter.get("description", ""),
            schema=parameter.get("schema", {}),
        )


def _answers(document: Json, responses: Json) -> Iterator[Answer]:
    for status, each in responses.items():
        response = followed(document, each)
        headers = [
            {**followed(document, header), "name": name, "in": "header"}
            for name, header in response.get("headers", {}).items()
        ]
        yield Answer(
            status=str(status),
            description=response.get("description", ""),
            headers=tuple(_parameters(document, headers)),
            contents=tuple(_contents(document, response)),
        )


def _contents(document: Json, holder: Json) -> Iterator[Content]:
    for media_type, content in holder.get("content", {}).items():
        schema = content.get("schema", {})
        described = followed(document, schema)
        yield Content(
            media_type=media_type,
            schema=schema,
            described=described,
            examples=_examples(document, content, described),
        )


def _examples(document: Json, content: Json, described: Json) -> Mapping[str, Any]:
    """Of this place if it has some, else the first of the schema."""
    if "example" in content:
        return {EXAMPLE: content["example"]}
    named = {
        example.get("summary") or name: example["value"]
        for name, each in content.get("examples", {}).items()
        if "value" in (example := followed(document, each))
    }
    general = described.get("examples")
    return named or ({EXAMPLE: general[0]} if general else {})
