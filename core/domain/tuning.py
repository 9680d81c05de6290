"""An alert as its source is set up to be understood: how bad, of which group, of which service."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import TypeVar

from core.domain.alert import Alert, Episode, GroupKey, Labels
from core.domain.severity import Severity
from core.domain.source_settings import SourceSettings
from core.domain.text import shorten

MAX_KEY, MAX_VALUE = 400, 60
RULED = "rule "
"""How the keys of groups begin that a rule made."""

S = TypeVar("S", bound=Alert | Episode)


def tuned(alert: Alert, settings: SourceSettings) -> Alert:
    """With the severity and the group that the settings of its source give it."""
    severity = _severity(alert, settings.severities)
    if severity is not alert.severity:
        alert = replace(alert, severity=severity)
    return regrouped(alert, settings.group_by) if settings.group_by else alert


def tunes(settings: SourceSettings) -> bool:
    """Whether these settings change anything of an alert."""
    return bool(settings.severities or settings.group_by)


def regrouped(said: S, names: Sequence[str], whose: str = "") -> S:
    """In the group of those with the same values of these labels; `whose` keeps groups apart
    that are made for different reasons."""
    values = [(name, said.labels.get(name, "")) for name in names]
    return replace(said, group=_key(values, whose), group_title=_title(values) or said.group_title)


def service_named(labels: Labels, settings: SourceSettings) -> str:
    """The name or the id of the service that a label names; empty where none does."""
    return labels.get(settings.service_label, "").strip() if settings.service_label else ""


def _severity(alert: Alert, words: Mapping[str, str]) -> Severity:
    ours = words.get(alert.severity_word.strip().lower()) if words else None
    return Severity(ours) if ours in set(Severity) else alert.severity


def _key(values: Sequence[tuple[str, str]], whose: str) -> GroupKey:
    """As long as it may be, and never the same for different values."""
    text = "".join(f"{len(part)}:{part}" for pair in values for part in pair)
    key = f"{whose or 'by'} {text}"
    if len(key) > MAX_KEY:
        key = f"{whose or 'by'} {sha256(text.encode('utf-8', 'replace')).hexdigest()}"
    return GroupKey(key)


def _title(values: Sequence[tuple[str, str]]) -> str:
    told = (f"{name} {shorten(value, MAX_VALUE)}" for name, value in values if value)
    named = ", ".join(told)
    return f"Several alerts: {named}" if named else ""
