"""What schemathesis must do as a sensible client would; it imports this module by itself."""

import os
from typing import Any
from uuid import uuid4

import schemathesis
from icalendar import Calendar
from schemathesis import Case, HookContext, Response
from schemathesis.core.deserialization import DeserializationContext
from schemathesis.core.failures import AcceptedNegativeData, Failure

OWN_ID = os.environ["CAMPAIGN_OWN_ID"]
KEY = "Idempotency-Key"
SOMEBODY_ELSE = "usr_nobody"


@schemathesis.hook
def filter_failure(
    context: HookContext, failure: Failure, case: Case[Any], response: Response
) -> bool:
    """What is blank in a query counts as absent, and an object has no text of its own there: `{}`
    is not even sent. That both are accepted is no failure."""
    return not (isinstance(failure, AcceptedNegativeData) and _says_nothing(case.query))


@schemathesis.deserializer("text/calendar")
def a_calendar(context: DeserializationContext, response: Response) -> str:
    """A text as the document has it, which is a calendar whatever was put into it."""
    Calendar.from_ical(response.content)
    return response.text


def _says_nothing(query: Any) -> bool:
    values = list((query or {}).values())
    return any(value in ("", [""]) or isinstance(value, dict | list) for value in values)


@schemathesis.hook
def before_call(context: HookContext, case: Case[Any], kwargs: dict[str, Any]) -> None:
    _use_each_key_once(case)
    _spare_ourselves(case)


def _use_each_key_once(case: Case[Any]) -> None:
    """One key for all requests would have all but the first refused, and nothing else tried."""
    if _is_good(case.headers.get(KEY) if case.headers else None):
        case.headers[KEY] = str(uuid4())


def _is_good(key: Any) -> bool:
    return isinstance(key, str) and 0 < len(key) <= 255 and key.isascii() and key.isprintable()


def _spare_ourselves(case: Case[Any]) -> None:
    """Whoever takes away their own account can try nothing more."""
    for name, value in (case.path_parameters or {}).items():
        if value == OWN_ID:
            case.path_parameters[name] = SOMEBODY_ELSE
