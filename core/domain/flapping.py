"""Whether an alert comes and goes too often to tell anybody of each time."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from core.domain.alert import Episode
from core.domain.source_settings import SourceSettings

STEADY_AFTER = 3
"""So many times within the window in which it is counted it could have been steady again."""


def flaps(starts: Iterable[datetime], at: datetime, settings: SourceSettings) -> bool:
    """Whether, with the start at `at`, it began too often within the window; source time counts."""
    if not settings.flap_count:
        return False
    since = at - flap_window(settings)
    return sum(since < start <= at for start in set(starts)) >= settings.flap_count


def still_flaps(before: Episode | None, at: datetime, settings: SourceSettings) -> bool:
    """Whether an alert that came and went goes on doing so with a start at `at`."""
    if before is None or not before.flapping:
        return False
    return at - (before.ends_at or before.starts_at) < flap_window(settings)


def flap_window(settings: SourceSettings) -> timedelta:
    return timedelta(seconds=settings.flap_window)


def steady_after(settings: SourceSettings) -> timedelta:
    """So long nothing may begin or end before an alert counts as steady."""
    return flap_window(settings) / STEADY_AFTER
