"""A stretch of a history, cut out of all of it."""

from collections.abc import Sequence

from core.views import TimelineEntry, TimelineQuery, TimelineStretch


def stretch_of(entries: Sequence[TimelineEntry], query: TimelineQuery) -> TimelineStretch:
    read = [
        one for one in entries if type(one.event) not in query.unread and one.id not in query.apart
    ]
    ordered = sorted(read, key=lambda one: (one.at, one.number))
    end = len([one for one in ordered if query.until is None or _place(one) < query.until])
    begin = max(end - query.limit, 0) if query.last else min(query.offset, len(ordered))
    shown = ordered[begin : end if query.last else begin + query.limit]
    return TimelineStretch(entries=tuple(shown), before=begin, total=len(ordered))


def _place(entry: TimelineEntry) -> tuple[object, int]:
    return (entry.at, entry.number)
