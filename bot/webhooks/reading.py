"""Pieces of what monitoring tools send, taken as generously as can be understood."""

from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, StringConstraints, ValidationError

from bot.alert_bodies.parts import word
from bot.web.validation import issues_of
from bot.webhooks.source import NotUnderstood
from core.domain.severity import Severity, alert_severity

Model = TypeVar("Model", bound=BaseModel)

MAX_KEY = 255
_FIRST, _LAST = 1970, 9000
_MILLISECONDS = 100_000_000_000
"""From here on a number of seconds would be in the year 5138, so it is one of milliseconds."""


def shaped(model: type[Model], payload: Any) -> Model:
    """The payload as `model`; `NotUnderstood` says what is wrong with it."""
    try:
        return model.model_validate(payload)
    except ValidationError as error:
        raise NotUnderstood(" ".join(issue.message for issue in issues_of(error))) from error


def key_of(*parts: str) -> str:
    """What an alert or a group is called; what is too long stands for itself by its hash."""
    key = "/".join(parts)
    return key if len(key) <= MAX_KEY else f"sha256:{sha256(key.encode()).hexdigest()}"


def severity_of(given: str | None, words: Mapping[str, Severity]) -> Severity:
    """What a tool's own word means; one that is no word of its own is read as usual."""
    return words.get((given or "").strip().lower()) or alert_severity(given)


def time_of(value: Any) -> datetime | None:
    """Seconds or milliseconds since 1970, or a time as it is written; without a zone it is UTC.
    An alert is worth more than its time: what is none is None."""
    try:
        at = _moment(value)
    except (ValueError, OverflowError, OSError):
        return None
    return at.astimezone(UTC) if at and _FIRST <= at.year < _LAST else None


def is_no_time(value: Any) -> bool:
    """Whether something is said that cannot be a time at all; one that is never is one."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return False
    try:
        return _moment(value) is None
    except OverflowError:
        return False
    except (ValueError, OSError):
        return True


def _moment(value: Any) -> datetime | None:
    text = value.strip() if isinstance(value, str) else value
    if isinstance(text, str) and not text.isascii():
        return None
    if isinstance(text, str) and not text.replace(".", "", 1).isdigit():
        at = datetime.fromisoformat(text)
        return at if at.tzinfo else at.replace(tzinfo=UTC)
    if isinstance(text, bool) or not isinstance(text, str | int | float):
        return None
    number = float(text)
    return datetime.fromtimestamp(number / 1000 if number >= _MILLISECONDS else number, UTC)


def _number(value: Any) -> Any:
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _loose_word(value: Any) -> str:
    plain = _number(value)
    return plain.strip().lower() if isinstance(plain, str) else ""


def _texts(value: Any) -> list[str]:
    found = map(_number, value if isinstance(value, list) else [value])
    return [text for text in found if isinstance(text, str) and text.strip()]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _object(value: Any) -> Any:
    return value if isinstance(value, dict) else {}


Time = Annotated[datetime | None, BeforeValidator(time_of)]

Identity = Annotated[str, BeforeValidator(_number), StringConstraints(pattern=r"\S")]
"""What something is called: some number their things."""

Word = Annotated[str, BeforeValidator(_number), BeforeValidator(word)]
"""In small letters."""

LooseWord = Annotated[str, BeforeValidator(_loose_word)]
"""Likewise, and empty where there is none."""

Texts = Annotated[list[str], BeforeValidator(_texts)]
"""However many there are: a template may make one text of a list, or a list of one text."""

Listed = Annotated[list[Any], BeforeValidator(_list)]

Part = Annotated[dict[str, Any], BeforeValidator(_object)]
