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

QUOTE = "'"
"""Which the words of a closed list come in."""

WHOLE = "must be a whole number"
ADDRESS = "must be an address such as https://example.com"

_EXPECTED: Mapping[str, str] = {
    "string_type": "must be text",
    "string_unicode": "must be text",
    "string_pattern_mismatch": "is not written as it should be",
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
    "int_type": WHOLE,
    "int_parsing": WHOLE,
    "int_parsing_size": WHOLE,
    "int_from_float": WHOLE,
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "finite_number": "must be a number",
    "greater_than_equal": "must be {ge} or more",
    "greater_than": "must be more than {gt}",
    "less_than_equal": "must be {le} or less",
    "less_than": "must be less than {lt}",
    "url_type": ADDRESS,
    "url_parsing": ADDRESS,
    "url_syntax_violation": ADDRESS,
    "url_scheme": ADDRESS,
    "url_too_long": "may have at most {max_length:,} characters",
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
    """The query string as `model`: a field that takes several values gets all of them, under its
    name or its name with brackets (`status[]`), any other the first."""
    found: dict[str, list[str]] = {}
    for name, value in query.items():
        found.setdefault(_plain(model, name), []).append(value)
    given = {
        name: values if _takes_several(model, name) else values[0] for name, values in found.items()
    }
    return checked(model, given)


def _plain(model: type[BaseModel], name: str) -> str:
    plain = name.removesuffix("[]")
    return plain if _takes_several(model, plain) else name


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
    subject = _spoken(field) if field else "The body"
    return f"{subject} {_expected(detail['type'], detail.get('ctx', {}))}."


def _expected(kind: str, limits: Mapping[str, Any]) -> str:
    match kind:
        case "literal_error" | "enum":
            return f"must be {limits['expected'].replace(QUOTE, '')}"
        case "too_long" | "string_too_long":
            return f"may have at most {_counted(limits['max_length'], kind)}"
        case "string_too_short" if limits["min_length"] == 1:
            return "must not be empty"
        case "too_short" | "string_too_short":
            return f"must have at least {_counted(limits['min_length'], kind)}"
        case _:
            return _EXPECTED.get(kind, "cannot be understood").format_map(limits)


def _counted(number: int, kind: str) -> str:
    one, many = ("character", "characters") if kind.startswith("string") else ("entry", "entries")
    return f"{number:,} {one if number == 1 else many}"


def _spoken(field: str) -> str:
    """One plain word begins a sentence; anything else stands as it was sent."""
    return field.capitalize() if field.isalpha() and field.islower() else f"“{field}”"
