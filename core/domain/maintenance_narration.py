"""What happened to maintenance, as sentences that people read; plain text like the others."""

from datetime import datetime, timedelta
from typing import assert_never

from core.domain import events as e
from core.domain.text import shorten
from core.domain.wording import because, listed, minute, rounded

_PUNCTUAL = timedelta(seconds=60)
_MOST_INCIDENTS = 10
_LONGEST_NAME = 80


def narrate_maintenance(event: e.MaintenanceFact) -> str:  # noqa: C901 - one line per event
    """A sentence or two without the time of day at which it happened."""
    who, what = event.by.name, f"{event.reference} ({event.title})"
    match event:
        case e.MaintenanceScheduled():
            return _scheduled(event, who, what)
        case e.MaintenanceEdited():
            return f"{who} changed {listed(event.fields)} of {what}{_now(event)}."
        case e.MaintenanceStarted():
            return _started(event, who, what)
        case e.MaintenanceExtended():
            return f"{who} extended {what}: it now ends at {minute(event.scheduled_end_at)}."
        case e.MaintenanceCompleted() | e.MaintenanceCanceled():
            return _over(event, who, what)
        case e.OccurrenceSkipped():
            return f"{who} left out the occurrence of {what} at {minute(event.occurrence_at)}."
        case e.ProgressPosted():
            return f"{who} on {what}: {event.text}"
        case e.SuppressedAlertsRaised():
            return _raised(event, what)
        case e.MaintenanceEffectBuried():
            return event.reason
        case _:
            return _clock(event, what)


def _clock(
    event: e.MaintenanceStartingSoon
    | e.MaintenanceDue
    | e.MaintenanceLapsed
    | e.MaintenanceEndingSoon
    | e.MaintenanceOverran,
    what: str,
) -> str:
    """What nobody does: time passes."""
    match event:
        case e.MaintenanceStartingSoon(scheduled_start_at=start):
            return f"{what} starts in {rounded(start - event.at)}, at {minute(start)}."
        case e.MaintenanceDue(scheduled_start_at=start):
            return f"{what} was to start at {minute(start)} and waits for somebody to start it."
        case e.MaintenanceLapsed(scheduled_end_at=end):
            return f"{what} was to end at {minute(end)}, and nobody has started it."
        case e.MaintenanceEndingSoon(scheduled_end_at=end):
            return f"{what} ends in {rounded(end - event.at)}, at {minute(end)}."
        case e.MaintenanceOverran(scheduled_end_at=end):
            return (
                f"{what} was to end at {minute(end)} and is still running; complete or extend it."
            )
        case _:
            assert_never(event)


def _scheduled(event: e.MaintenanceScheduled, who: str, what: str) -> str:
    times = f"from {minute(event.scheduled_start_at)} to {minute(event.scheduled_end_at)}"
    if event.past:
        return f"{who} recorded {what} afterwards, {times}."
    if not event.follows:
        return f"{who} scheduled {what} {times}."
    sentence = f"{what} follows {event.follows}, {times}."
    if not event.missed:
        return sentence
    passed = _counted(event.missed, "occurrence")
    return f"{sentence} {passed} in between passed while Tocsin was not running."


def _now(event: e.MaintenanceEdited) -> str:
    start, end = event.scheduled_start_at, event.scheduled_end_at
    if start and end:
        return f": it is now from {minute(start)} to {minute(end)}"
    if start:
        return f": it now starts at {minute(start)}"
    return f": it now ends at {minute(end)}" if end else ""


def _started(event: e.MaintenanceStarted, who: str, what: str) -> str:
    planned = event.scheduled_start_at
    if planned is not None and event.missed:
        return f"{what} was planned for {minute(planned)}; Tocsin was not running then."
    if planned is None or abs(event.at - planned) < _PUNCTUAL:
        return f"{who} started {what}."
    when = "late" if event.at > planned else "early"
    return (
        f"{who} started {what} {rounded(abs(event.at - planned))} {when}:"
        f" it was planned for {minute(planned)}."
    )


def _over(event: e.MaintenanceCompleted | e.MaintenanceCanceled, who: str, what: str) -> str:
    match event:
        case e.MaintenanceCompleted(missed=True):
            times = _planned(event.scheduled_start_at, event.scheduled_end_at)
            sentence = f"{what} was planned{times}; Tocsin was not running then, and it is over."
        case e.MaintenanceCompleted():
            sentence = f"{who} completed {what}."
        case e.MaintenanceCanceled(skipped=True):
            sentence = because(f"{who} skipped {what}", event.reason)
        case e.MaintenanceCanceled():
            sentence = because(f"{who} canceled {what}", event.reason)
    return f"{sentence} {alerts}" if (alerts := alerts_told(event)) else sentence


def _planned(start: datetime | None, end: datetime | None) -> str:
    since = f" from {minute(start)}" if start else ""
    return f"{since} to {minute(end)}" if end else since


def alerts_told(event: e.MaintenanceCompleted | e.MaintenanceCanceled) -> str:
    """A sentence about the alerts that it kept quiet, if there were any; names come last."""
    if not event.suppressed:
        return ""
    were = "was" if event.suppressed == 1 else "were"
    parts = [f"{_counted(event.suppressed, 'alert')} {were} suppressed"]
    if raised := event.firing - event.handed:
        parts.append(f"{_still_fire(raised)} {'is' if raised == 1 else 'are'} raised now")
    if event.handed:
        stay = "stays" if event.handed == 1 else "stay"
        parts.append(f"{_still_fire(event.handed)} {stay} suppressed by other running maintenance")
    if ended := event.suppressed - event.firing:
        parts.append(f"{_all_or(ended, event.suppressed)} ended{_named(event.names, ended)}")
    return f"{'; '.join(parts)}."


def _still_fire(count: int) -> str:
    return f"{count} still {'fires' if count == 1 else 'fire'} and"


def _all_or(count: int, total: int) -> str:
    if count == total:
        return "it has" if count == 1 else "all have"
    return f"{count} {'has' if count == 1 else 'have'}"


def _named(names: tuple[str, ...], count: int) -> str:
    if not names:
        return ""
    more = count - len(names)
    shown = ", ".join(shorten(name, _LONGEST_NAME) for name in names)
    return f" ({shown}{f' and {more} more' if more > 0 else ''})"


def _raised(event: e.SuppressedAlertsRaised, what: str) -> str:
    sentences = []
    if event.count:
        fires = "fires" if event.count == 1 else "fire"
        shown = ", ".join(event.incidents[:_MOST_INCIDENTS])
        more = len(event.incidents) - _MOST_INCIDENTS
        rest = f" and {more} more" if more > 0 else ""
        alerts = _counted(event.count, "alert")
        sentences.append(f"{alerts} from {what} still {fires}: {shown}{rest}.")
    if event.handed:
        stays = "stays" if event.handed == 1 else "stay"
        alerts, others = _counted(event.handed, "alert"), ", ".join(event.handed_to)
        sentences.append(f"{alerts} from {what} {stays} suppressed by {others}.")
    return " ".join(sentences)


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
