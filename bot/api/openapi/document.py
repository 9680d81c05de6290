"""The OpenAPI 3.1 document."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.api.auth import scope_of
from bot.api.openapi import headers, refusals
from bot.api.openapi.examples import Examples
from bot.api.openapi.parameters import parameters_of, template
from bot.api.openapi.schemas import Described, Json, References, components
from bot.api.operations import Access, Operation, Tag
from core.domain.actor import Permission

VERSION = "3.1.0"
SCHEMES = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "description": "The access token of a login, or an API key. A key may also be sent as "
        "`Authorization: Api-Key …`.",
    },
    "apiKey": {
        "type": "apiKey",
        "in": "header",
        "name": "X-API-Key",
        "description": "An API key; `Authorization` wins over it.",
    },
}
TAGS: Mapping[Tag, str] = {
    Tag.ACCOUNTS: "Sign-in, people, organisations and keys.",
    Tag.OVERWATCH: "What clients of Overwatch ask, under /api/v1.",
    Tag.OBSERVER: "What clients of Observer ask, under /api/v1.",
    Tag.OPSKNIGHT: "What clients of OpsKnight ask, under /api.",
    Tag.INCIDENT_IO: "What clients of incident.io ask, under /v1 and /v2.",
    Tag.TOCSIN: "Our own resources.",
}
ABOUT = """\
Every refusal has the same body, `Problem`, whose `errors` name the fields; unknown fields and
parameters are ignored.

An unsafe request may carry an `Idempotency-Key`: sent twice, it is done once. A GET may carry the
`ETag` of its last answer as `If-None-Match`, and is answered 304 while nothing has changed. An
`X-Request-ID` comes back with the answer and is in the log.
"""


def document(operations: Iterable[Operation], *, version: str, base: str = "/") -> Json:
    """Everything about these operations, from the models that validate them."""
    listed = list(operations)
    references, schemas = components(_models(listed))
    describing = _Describing(references, Examples(schemas))
    paths: dict[str, Json] = {}
    for operation in listed:
        entry = paths.setdefault(template(operation.path), {})
        entry[operation.method.lower()] = describing.operation(operation)
    return {
        "openapi": VERSION,
        "info": {
            "title": "Tocsin",
            "version": version,
            "summary": "Incidents and maintenance windows, in the words of four products.",
            "description": ABOUT,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": base}],
        "tags": [{"name": tag.value, "description": text} for tag, text in TAGS.items()],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "responses": _refusals(listed),
            "headers": dict(headers.HEADERS),
            "securitySchemes": SCHEMES,
        },
    }


def _models(operations: Iterable[Operation]) -> Iterable[Described]:
    yield refusals.Problem, "serialization"
    for operation in operations:
        for model in operation.answers.values():
            if model:
                yield model, "serialization"
        if operation.body:
            yield operation.body, "validation"


def _refusals(operations: Iterable[Operation]) -> Json:
    statuses = {status for each in operations for status in refusals.refusals_of(each)}
    return {refusals.name_of(status): refusals.response(status) for status in sorted(statuses)}


@dataclass(frozen=True, slots=True)
class _Describing:
    """One operation after another, over the schemas of all."""

    references: References
    examples: Examples

    def operation(self, operation: Operation) -> Json:
        described: Json = {
            "operationId": operation.name,
            "summary": operation.summary,
            "tags": [operation.tag.value],
            "parameters": parameters_of(operation),
            "security": _security(operation),
            "responses": {
                **{str(code): self._granted(operation, code) for code in operation.answers},
                **{str(code): refusals.reference(code) for code in refusals.refusals_of(operation)},
            },
        }
        if description := _description(operation):
            described["description"] = description
        if operation.deprecated:
            described["deprecated"] = True
        if operation.body:
            described["requestBody"] = self._body(operation)
        return described

    def _body(self, operation: Operation) -> Json:
        schema = self.references[operation.body, "validation"]
        example = operation.example or self.examples.asked(schema)
        content = {"application/json": {"schema": schema, "example": example}}
        return {"required": operation.body_required, "content": content}

    def _granted(self, operation: Operation, status: int) -> Json:
        found: Json = {
            "description": operation.summary,
            "headers": headers.granted(operation),
        }
        if model := operation.answers[status]:
            schema = self.references[model, "serialization"]
            content = {"schema": schema, "example": self.examples.answered(schema)}
            found["content"] = {operation.media_type: content}
        return found


def _security(operation: Operation) -> list[dict[str, list[str]]]:
    match operation.needs:
        case Access.PUBLIC:
            return []
        case Access.ANYONE:
            return [{"bearer": []}, {"apiKey": []}]
        case Access.SOURCE:
            # The token of a source may stand in the body as well.
            return [{"bearer": []}, {"apiKey": []}, {}]
        case Access.CALENDAR:
            # Or the token of the feed in the query.
            scope = scope_of(Permission.READ_MAINTENANCES)
            return [{"bearer": [scope]}, {"apiKey": [scope]}, {}] if scope else [{}]
        case permission:
            scope = scope_of(permission)
            return [{"bearer": [scope]}, {"apiKey": [scope]}] if scope else [{"bearer": []}]


def _description(operation: Operation) -> str:
    told = [operation.description] if operation.description else []
    if operation.forms:
        # Not as another content: generators make clients of two that do not even import.
        told.append("The same fields may come as a form, `application/x-www-form-urlencoded`.")
    if isinstance(operation.needs, Permission):
        scope = scope_of(operation.needs)
        key = f"A key needs the scope `{scope}`." if scope else "No key may do it; sign in."
        told.append(key)
    return "\n\n".join(told)
