"""How bad it is: four levels, and every word that people and products have for them."""

from collections.abc import Mapping
from enum import StrEnum

from core.domain.choice_words import labelled
from core.errors import InvalidInput
from core.language import say


class Severity(StrEnum):
    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def rank(self) -> int:
        """4 for the worst, 1 for the least."""
        return _RANKS[self]

    @property
    def label(self) -> str:
        """As people read it: `Critical (SEV1)`."""
        return say("{name} (SEV{number})", name=labelled(self), number=5 - self.rank)


_RANKS = {severity: len(Severity) - place for place, severity in enumerate(Severity)}

WORDS: Mapping[str, Severity] = {
    "critical": Severity.CRITICAL,
    "high": Severity.HIGH,
    "medium": Severity.MEDIUM,
    "low": Severity.LOW,
    "major": Severity.HIGH,
    "minor": Severity.LOW,
    "moderate": Severity.MEDIUM,
    "sev1": Severity.CRITICAL,
    "sev2": Severity.HIGH,
    "sev3": Severity.MEDIUM,
    "sev4": Severity.LOW,
}

ALERT_WORDS: Mapping[str, Severity] = {
    **WORDS,
    "page": Severity.CRITICAL,
    "error": Severity.HIGH,
    "warning": Severity.MEDIUM,
    "info": Severity.LOW,
    "none": Severity.LOW,
}


def severity_named(word: str, *, field: str = "severity") -> Severity:
    """The level a word means, in any case; `InvalidInput` names `field` and the choices."""
    try:
        return WORDS[word.strip().lower()]
    except KeyError:
        raise InvalidInput(
            say("“{word}” is not a severity; use {words}.", word=word, words=", ".join(WORDS)),
            field=field,
        ) from None


def alert_severity(word: str | None) -> Severity:
    """What an alerting tool's word means; a word nobody knows is `medium`."""
    return ALERT_WORDS.get((word or "").strip().lower(), Severity.MEDIUM)
