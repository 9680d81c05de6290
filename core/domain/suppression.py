"""Which alerts the windows in progress keep from calling anybody."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from core.domain.alert import Labels
from core.domain.ids import ServiceId
from core.domain.maintenance import Maintenance
from core.domain.matcher import Matcher, all_match, matches, understood


def covers(window: Maintenance, service_id: ServiceId | None, labels: Labels) -> bool:
    """By the service of the alert's source, or by the alert's labels."""
    mine = service_id in window.service_ids or matches(window.matchers, labels)
    return mine and _in_force(window)


def _in_force(window: Maintenance) -> bool:
    """In progress, and not past its planned end when it was started: no time of quiet was planned
    then, and nothing would ever end it."""
    begun = window.actual_start_at
    return window.running and begun is not None and begun < window.scheduled_end_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """The windows in progress, as the alerts of one source meet them: `always` covers them all,
    those of `by_labels`, which end later, some of them. The last to end come first: an alert that
    outlives one of several windows has still nobody to call."""

    always: Maintenance | None
    by_labels: tuple[tuple[tuple[Matcher, ...], Maintenance], ...]

    @classmethod
    def of(cls, windows: Iterable[Maintenance], service_id: ServiceId | None) -> Self:
        running = (window for window in windows if _in_force(window))
        last_first = sorted(running, key=lambda w: (w.scheduled_end_at, w.id), reverse=True)
        by_labels: list[tuple[tuple[Matcher, ...], Maintenance]] = []
        for window in last_first:
            if service_id in window.service_ids:
                return cls(always=window, by_labels=tuple(by_labels))
            if window.matchers:
                by_labels.append((understood(window.matchers), window))
        return cls(always=None, by_labels=tuple(by_labels))

    @property
    def nothing(self) -> bool:
        return self.always is None and not self.by_labels

    def over(self, labels: Labels) -> Maintenance | None:
        """The window that suppresses an alert with these labels."""
        for matchers, window in self.by_labels:
            if all_match(matchers, labels):
                return window
        return self.always
