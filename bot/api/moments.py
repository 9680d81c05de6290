"""Times as they are sent to the API: with their zone; kept as UTC."""

from datetime import UTC, datetime
from typing import Annotated, Any, TypeAlias

from pydantic import AfterValidator, AwareDatetime, BeforeValidator
from pydantic_core import PydanticCustomError


def _written_out(given: Any) -> Any:
    """Not a bare number, which pydantic would count in seconds of the epoch."""
    if isinstance(given, datetime) or (isinstance(given, str) and not _is_number(given)):
        return given
    raise PydanticCustomError("datetime_parsing", "must be a time")


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _utc(at: datetime) -> datetime:
    try:
        return at.astimezone(UTC)
    except OverflowError:
        raise ValueError("That time lies outside the years 1 to 9999; give another one.") from None


Moment: TypeAlias = Annotated[AwareDatetime, BeforeValidator(_written_out), AfterValidator(_utc)]
