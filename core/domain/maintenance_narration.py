"""What happened to maintenance, as sentences that people read; plain text like the others."""

from datetime import datetime, timedelta
from typing import assert_never

from core.domain import events as e
from core.domain.text import shorten
from core.domain.wording import and_more, because, listed, minute, rounded
from core.language import known, say, say_many, to_say

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
            return _edited(event, who, what)
        case e.MaintenanceStarted():
            return _started(event, who, what)
        case e.MaintenanceExtended():
            end = minute(event.scheduled_end_at)
            return say("{who} extended {what}: it now ends at {end}.", who=who, what=what, end=end)
        case e.MaintenanceCompleted() | e.MaintenanceCanceled():
            return _over(event, who, what)
        case e.OccurrenceSkipped(occurrence_at=at):
            words = to_say("{who} left out the occurrence of {what} at {at}.")
            return say(words, who=who, what=what, at=minute(at))
        case e.ProgressPosted():
            return say("{who} on {what}: {text}", who=who, what=what, text=event.text)
        case e.SuppressedAlertsRaised():
            return _raised(event, what)
        case e.MaintenanceEffectBuried():
            return known(event.reason)
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
        case e.MaintenanceStartingSoon(scheduled_start_at=at):
            ahead = rounded(at - event.at)
            return say("{what} starts in {ahead}, at {at}.", what=what, ahead=ahead, at=minute(at))
        case e.MaintenanceDue(scheduled_start_at=at):
            words = to_say("{what} was to start at {at} and waits for somebody to start it.")
            return say(words, what=what, at=minute(at))
        case e.MaintenanceLapsed(scheduled_end_at=at):
            words = to_say("{what} was to end at {at}, and nobody has started it.")
            return say(words, what=what, at=minute(at))
        case e.MaintenanceEndingSoon(scheduled_end_at=at):
            ahead = rounded(at - event.at)
            return say("{what} ends in {ahead}, at {at}.", what=what, ahead=ahead, at=minute(at))
        case e.MaintenanceOverran(scheduled_end_at=at):
            return say(
                "{what} was to end at {at} and is still running; complete or extend it.",
                what=what,
                at=minute(at),
            )
        case _:
            assert_never(event)


def _scheduled(event: e.MaintenanceScheduled, who: str, what: str) -> str:
    start, end = minute(event.scheduled_start_at), minute(event.scheduled_end_at)
    if event.past:
        words = to_say("{who} recorded {what} afterwards, from {start} to {end}.")
        return say(words, who=who, what=what, start=start, end=end)
    if not event.follows:
        words = to_say("{who} scheduled {what} from {start} to {end}.")
        return say(words, who=who, what=what, start=start, end=end)
    words = to_say("{what} follows {before}, from {start} to {end}.")
    sentence = say(words, what=what, before=event.follows, start=start, end=end)
    if not event.missed:
        return sentence
    passed = say_many(
        "{count} occurrence in between passed while Tocsin was not running.",
        "{count} occurrences in between passed while Tocsin was not running.",
        event.missed,
    )
    return f"{sentence} {passed}"


def _edited(event: e.MaintenanceEdited, who: str, what: str) -> str:
    start, end = event.scheduled_start_at, event.scheduled_end_at
    words = to_say("{who} changed {fields} of {what}.")
    if start and end:
        words = to_say("{who} changed {fields} of {what}: it is now from {start} to {end}.")
    elif start:
        words = to_say("{who} changed {fields} of {what}: it now starts at {start}.")
    elif end:
        words = to_say("{who} changed {fields} of {what}: it now ends at {end}.")
    return say(
        words,
        who=who,
        fields=listed(event.fields),
        what=what,
        start=minute(start) if start else "",
        end=minute(end) if end else "",
    )


def _started(event: e.MaintenanceStarted, who: str, what: str) -> str:
    planned = event.scheduled_start_at
    if planned is not None and event.missed:
        words = to_say("{what} was planned for {planned}; Tocsin was not running then.")
        return say(words, what=what, planned=minute(planned))
    if planned is None or abs(event.at - planned) < _PUNCTUAL:
        return say("{who} started {what}.", who=who, what=what)
    words = to_say("{who} started {what} {span} early: it was planned for {planned}.")
    if event.at > planned:
        words = to_say("{who} started {what} {span} late: it was planned for {planned}.")
    span = rounded(abs(event.at - planned))
    return say(words, who=who, what=what, span=span, planned=minute(planned))


def _over(event: e.MaintenanceCompleted | e.MaintenanceCanceled, who: str, what: str) -> str:
    match event:
        case e.MaintenanceCompleted(missed=True):
            sentence = _missed(what, event.scheduled_start_at, event.scheduled_end_at)
        case e.MaintenanceCompleted():
            sentence = say("{who} completed {what}.", who=who, what=what)
        case e.MaintenanceCanceled(skipped=True, reason=reason):
            plain = to_say("{who} skipped {what}.")
            words = to_say("{who} skipped {what}: {reason}")
            sentence = because(plain, words, reason, who=who, what=what)
        case e.MaintenanceCanceled(reason=reason):
            plain = to_say("{who} canceled {what}.")
            words = to_say("{who} canceled {what}: {reason}")
            sentence = because(plain, words, reason, who=who, what=what)
    return f"{sentence} {alerts}" if (alerts := alerts_told(event)) else sentence


def _missed(what: str, start: datetime | None, end: datetime | None) -> str:
    words = to_say("{what} was planned; Tocsin was not running then, and it is over.")
    if start and end:
        words = to_say(
            "{what} was planned from {start} to {end}; Tocsin was not running then, and it is over."
        )
    elif start:
        words = to_say(
            "{what} was planned from {start}; Tocsin was not running then, and it is over."
        )
    elif end:
        words = to_say("{what} was planned to {end}; Tocsin was not running then, and it is over.")
    return say(
        words,
        what=what,
        start=minute(start) if start else "",
        end=minute(end) if end else "",
    )


def alerts_told(event: e.MaintenanceCompleted | e.MaintenanceCanceled) -> str:
    """A sentence about the alerts that it kept quiet, if there were any; names come last."""
    total = event.suppressed
    if not total:
        return ""
    parts = [say_many("{count} alert was suppressed", "{count} alerts were suppressed", total)]
    if raised := event.firing - event.handed:
        one = to_say("{count} still fires and is raised now")
        parts.append(say_many(one, "{count} still fire and are raised now", raised))
    if event.handed:
        one = to_say("{count} still fires and stays suppressed by other running maintenance")
        many = to_say("{count} still fire and stay suppressed by other running maintenance")
        parts.append(say_many(one, many, event.handed))
    if ended := total - event.firing:
        parts.append(f"{_ended(ended, total)}{_named(event.names, ended)}")
    return f"{'; '.join(parts)}."


def _ended(count: int, total: int) -> str:
    if count == total:
        return say("it has ended") if count == 1 else say("all have ended")
    return say_many("{count} has ended", "{count} have ended", count)


def _named(names: tuple[str, ...], count: int) -> str:
    shown = tuple(shorten(name, _LONGEST_NAME) for name in names)
    return f" ({and_more(shown, count - len(names))})" if names else ""


def _raised(event: e.SuppressedAlertsRaised, what: str) -> str:
    sentences = []
    if event.count and not event.incidents:  # nobody who reads it may know of them
        one = to_say("{count} alert from {what} still fires.")
        many = to_say("{count} alerts from {what} still fire.")
        sentences.append(say_many(one, many, event.count, what=what))
    elif event.count:
        more = len(event.incidents) - _MOST_INCIDENTS
        one = to_say("{count} alert from {what} still fires: {incidents}.")
        many = to_say("{count} alerts from {what} still fire: {incidents}.")
        shown = and_more(event.incidents[:_MOST_INCIDENTS], more)
        sentences.append(say_many(one, many, event.count, what=what, incidents=shown))
    if event.handed:
        one = to_say("{count} alert from {what} stays suppressed by {others}.")
        many = to_say("{count} alerts from {what} stay suppressed by {others}.")
        others = ", ".join(event.handed_to)
        sentences.append(say_many(one, many, event.handed, what=what, others=others))
    return " ".join(sentences)
