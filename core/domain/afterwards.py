"""What is said of an alert that is over: late, or news.

`last_at` of an alert whose source dates its starts, or nothing at all, is when its end was heard;
without one it was ended here, or was over before it was heard of.
"""

from datetime import datetime, timedelta

from core.domain.alert import Alert, Dating, Episode, Fate

OVERTAKEN_FOR = timedelta(minutes=2)
"""So long after an end was heard a repeat of what went before it may still come in."""

HELD_FOR = timedelta(minutes=5)
"""So long an end waits for its start, where nobody says when either was; and so long after an end
another one is the same, said again."""

TICK = timedelta(microseconds=1)


def ended_here(latest: Episode) -> bool:
    """By people, or because its source did not have it any more when asked: the source itself has
    not said yet that it is over."""
    known = latest.firing or latest.orphan or latest.last_at is not None
    return not known and latest.fate is not Fate.RECORDED


def fires_again(latest: Episode, heard_at: datetime) -> bool:
    """Whether an alert that fires since then or earlier, heard now, fires although it was over.

    A source that was cut off lets its alerts run out, and then fires on since the same moment.
    What was over before it was heard of at all was overtaken by its end, whenever it comes.
    """
    if latest.ends_at is None:
        return False
    if ended_here(latest):
        return heard_at > latest.ends_at
    return latest.last_at is not None and heard_at - latest.last_at > OVERTAKEN_FOR


def goes_on_at(latest: Episode) -> datetime:
    """The start of what fires on since before it was over: right after the end, so that any later
    end is one of it."""
    return (latest.ends_at or latest.starts_at) + TICK


def last_heard(episode: Episode) -> datetime:
    """When it was last spoken of, as far as is remembered."""
    known = (episode.starts_at, episode.ends_at, episode.last_at)
    return max(at for at in known if at)


def overtakes_its_start(alert: Alert, latest: Episode) -> bool:
    """Whether an end that nobody dates is that of an episode whose start was not heard yet: not
    the same end said again, however often. Where everything that is said is counted, it is said
    in order."""
    if alert.counted or latest.orphan or ended_here(latest):
        return False
    return alert.starts_at - last_heard(latest) > HELD_FOR


def worth_hearing(alert: Alert, latest: Episode) -> bool:
    """Whether an end that nobody dates, said again, is remembered. An orphan waits for its start
    anew, but not for ever where all that is said is that nothing is wrong."""
    if alert.counted or alert.starts_at <= last_heard(latest):
        return False
    return not latest.orphan or alert.starts_at - latest.starts_at <= HELD_FOR


def belongs_to(alert: Alert, orphan: Episode) -> bool:
    """Not where everything that is said is counted: it is said in order there."""
    if alert.counted:
        return False
    ended = last_heard(orphan)
    late = alert.starts_at - ended
    return late <= (HELD_FOR if alert.dating is Dating.NONE else timedelta(0))
