"""How soon somebody must look: as it was given, or as it follows from the severity."""

from collections.abc import Mapping
from enum import StrEnum

from core.domain.severity import Severity
from core.errors import InvalidInput


class Urgency(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


OF_SEVERITY: Mapping[Severity, Urgency] = {
    Severity.CRITICAL: Urgency.HIGH,
    Severity.HIGH: Urgency.HIGH,
    Severity.MEDIUM: Urgency.LOW,
    Severity.LOW: Urgency.LOW,
}
"""What is meant where nobody gave an urgency."""


def urgency_named(word: str, *, field: str = "urgency") -> Urgency:
    try:
        return Urgency(word.strip().lower())
    except ValueError:
        raise InvalidInput(
            f"“{word}” is not an urgency; use {', '.join(Urgency)}.", field=field
        ) from None
