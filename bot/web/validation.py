"""What pydantic found wrong, in sentences that name the caller's own fields."""

from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar, get_args, get_origin

from multidict import MultiMapping
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.web.problems import Issue, Problem, Refusal, refusal

Model = TypeVar("Model", bound=BaseModel)

MOST_ISSUES = 20

REQUIRED = "is_required"
"""The type of a model's own error about something that is not there; its message is shown."""

_EXPECTED: Mapping[str, str] = {
    "string_type": "must be text",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "list_type": "must be a list",
    "tuple_type": "must be a list",
    "dict_type": "must be an object",
    "model_type": "must be an object",
    "model_attributes_type": "must be an object",
    "datetime_type": "must be a time such as 2026-11-20T23:28:33Z",
    "datetime_parsing": "must be a time such as 2026-11-20T23:28:33Z",
    "datetime_from_date_parsing": "must be a time such as 2026-11-20T23:28:33Z",
    "timezone_aware": "must be a time with its zone, such as 2026-11-20T23:28:33Z",
}


def checked(model: type[Model], value: Any) -> Model:
    """The value as `model`; a `Refusal` listing what is wrong with it."""
    if not isinstance(value, dict):
        raise refusal(422, "invalid_value", "The body must be a JSON object.")
    try:
        return model.model_validate(value)
    except ValidationError as error:
        raise Refusal(Problem(status=422, issues=issues_of(error))) from error


def checked_query(model: type[Model], query: MultiMapping[str]) -> Model:
    """The query string as `model`: a field that takes several values gets all of them, any other
    the first."""
    given = {
        name: query.getall(name) if _takes_several(model, name) else query[name]
        for name in dict.fromkeys(query)
    }
    return checked(model, given)


@cache
def _takes_several(model: type[BaseModel], name: str) -> bool:
    fields = {field.alias or key: field for key, field in model.model_fields.items()}
    return name in fields and _is_listed(fields[name].annotation)


def _is_listed(annotation: Any) -> bool:
    origin = get_origin(annotation)
    if origin in (list, tuple):
        return True
    return any(_is_listed(part) for part in get_args(annotation))


def issues_of(error: ValidationError) -> tuple[Issue, ...]:
    details = error.errors(include_url=False, include_context=True, include_input=True)
    return tuple(_issue(detail) for detail in details[:MOST_ISSUES])


def _issue(detail: ErrorDetails) -> Issue:
    field = ".".join(str(part) for part in detail["loc"]) or None
    if detail["type"] == REQUIRED:
        return Issue(code="is_required", message=detail["msg"], field=field)
    if field and (detail["type"] == "missing" or detail["input"] is None):
        return Issue(code="is_required", message=f"{_spoken(field)} is required.", field=field)
    return Issue(code="invalid_value", message=_sentence(field, detail), field=field)


def _sentence(field: str | None, detail: ErrorDetails) -> str:
    if detail["type"] == "value_error":
        return str(detail["ctx"]["error"])
    if detail["type"] == "too_long":
        most = detail["ctx"]["max_length"]
        return f"{_spoken(field or 'The body')} may have at most {most} entries."
    expected = _EXPECTED.get(detail["type"])
    if expected is None:
        expected = detail["msg"].replace("Input should be", "must be").rstrip(".")
    return f"{_spoken(field or 'The body')} {expected}."


def _spoken(field: str) -> str:
    return f"{field[:1].upper()}{field[1:]}" if field.isalpha() else f"“{field}”"
