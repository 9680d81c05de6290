"""Severities by an organisation's own names, each standing for one of the four levels."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from core.domain.record import Record
from core.domain.severity import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class SeverityOption(Record):
    """A higher rank is worse; from 4 up it is critical, from 1 down it is low."""

    NOUN: ClassVar[str] = "severity"
    PREFIX: ClassVar[str] = "sev"

    name: str
    description: str = ""
    rank: int = 1

    @property
    def level(self) -> Severity:
        return _LEVELS[min(max(self.rank, 1), len(_LEVELS))]

    @property
    def label(self) -> str:
        return self.name

    @property
    def unique_key(self) -> str | None:
        return self.name.casefold()


_LEVELS = {severity.rank: severity for severity in Severity}

_NAMES = {
    Severity.CRITICAL: ("Critical", "Nobody can work, or data is at risk."),
    Severity.HIGH: ("Major", "Many are affected, and there is no way around it."),
    Severity.MEDIUM: ("Moderate", "Some are affected, or there is a way around it."),
    Severity.LOW: ("Minor", "Few are affected, and it can wait."),
}


def standard_severity_id(level: Severity) -> str:
    return f"severity_{level}"


def standard_severities(at: datetime) -> tuple[SeverityOption, ...]:
    """Those which every organisation has without adding them, the worst first."""
    return tuple(
        SeverityOption(
            id=standard_severity_id(level),
            created_at=at,
            updated_at=at,
            name=name,
            description=description,
            rank=level.rank,
        )
        for level, (name, description) in _NAMES.items()
    )


STANDARD_SEVERITIES = {standard_severity_id(level): name for level, (name, _) in _NAMES.items()}
"""Their names by their ids, which no other may have."""
