"""When two windows take place at the same time, be it by an occurrence that is still to come.

Of a series, what is stored is one occurrence; the others follow from its rule. They are looked
at as far ahead as somebody who plans can still do something about it.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from core.domain.maintenance import Maintenance
from core.domain.maintenance_series import length
from core.domain.occurrences import coming

AHEAD = timedelta(days=90)
MOST_OCCURRENCES = 50
Span = tuple[datetime, datetime]


def span(window: Maintenance) -> Span:
    """Start and end as they stand."""
    return window.actual_start_at or window.scheduled_start_at, window.scheduled_end_at


def ahead(window: Maintenance) -> list[Span]:
    """What follows this occurrence in the 90 days after its start: 50 at most."""
    until = window.scheduled_start_at + AHEAD
    return coming(window, until=until, limit=MOST_OCCURRENCES)


def whole(window: Maintenance) -> list[Span]:
    """This occurrence and what follows it, in their order."""
    return sorted([span(window), *ahead(window)])


def meeting(ours: Sequence[Span], other: Maintenance) -> Span | None:
    """The first time of `other`, as it stands or to come, that is at once with one of `ours`."""
    begin, end = ours[0][0], max(end for _, end in ours)
    after = begin - length(other) + timedelta(microseconds=1)
    most = MOST_OCCURRENCES if len(ours) > 1 else 1
    following = coming(other, since=after, until=end, limit=most)
    return first_at_once(ours, sorted([span(other), *following]))


def first_at_once(ours: Sequence[Span], theirs: Sequence[Span]) -> Span | None:
    """Of two lists in order of their starts. Spans that only touch are not at once."""
    i = j = 0
    while i < len(ours) and j < len(theirs):
        (our_start, our_end), (their_start, their_end) = ours[i], theirs[j]
        if our_start < their_end and their_start < our_end:
            return theirs[j]
        if our_end <= their_start:
            i += 1
        else:
            j += 1
    return None
