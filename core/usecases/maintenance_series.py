"""Recurring windows in use cases: beginning a series, and following one occurrence by the next."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from core.domain import recurrence
from core.domain.actor import Actor
from core.domain.events import MaintenanceCanceled, MaintenanceCompleted, MaintenanceFact
from core.domain.ids import MaintenanceId
from core.domain.maintenance import Maintenance
from core.domain.maintenance_series import (
    exceptions_moved,
    following,
    goes_on,
    length,
    occurrence,
    series_beginning,
)
from core.domain.recurrence_strays import stray
from core.errors import InvalidInput
from core.flaws import Flaws
from core.language import say
from core.ports import UnitOfWork
from core.usecases.suppression import kept_by_others


async def begin(
    window: Maintenance, *, by: Actor, uow: UnitOfWork, now: datetime, missed: bool = False
) -> Maintenance:
    """Start it; a recurring one is followed by its next occurrence from now on."""
    started, event = window.start(by=by, at=now, missed=missed)
    if event is None:
        return started
    return await save_and_follow(started, because=event, uow=uow, now=now)


async def save_and_follow(
    window: Maintenance, *, because: MaintenanceFact, uow: UnitOfWork, now: datetime
) -> Maintenance:
    if not goes_on(window):
        return await uow.maintenances.save(window, because=because)
    saved = await uow.maintenances.save(replace(window, followed=True), because=because)
    next_one = following(window, now)
    if next_one:
        made = occurrence(
            window,
            next_one.start,
            id=MaintenanceId(uow.new_id("mnt")),
            number=await uow.maintenances.next_number(),
            at=now,
        )
        event = made.scheduled(
            by=because.by, at=now, follows=window.reference, missed=next_one.missed
        )
        await uow.maintenances.save(made, because=event)
    return saved


async def counted(
    event: MaintenanceCompleted | MaintenanceCanceled, window: Maintenance, uow: UnitOfWork
) -> MaintenanceCompleted | MaintenanceCanceled:
    """The event with the alerts that the window has kept quiet, if it ever ran."""
    if window.actual_start_at is None:
        return event
    count = await uow.alerts.suppressed_in(window.id)
    handed = await kept_by_others(window, count.firing, uow, event.at)
    return replace(
        event, suppressed=count.total, firing=count.firing, handed=handed, names=count.names
    )


def first_of_series(
    rule: str, words: dict[str, Any], id: MaintenanceId, flaws: Flaws
) -> dict[str, Any]:
    """The fields by which a new window begins a series; none where it does not recur."""
    if not rule.strip():
        return _without_rule(words, flaws)
    start, end = words.get("scheduled_start_at"), words.get("scheduled_end_at")
    timezone = words.get("timezone")
    if start is None or end is None or timezone is None or end <= start:
        return {}  # the rule cannot be judged before these are mended
    canonical = _canonical(rule, start, end, timezone, flaws)
    fields = {"recurrence": canonical, **series_beginning(id, start, end)}
    _require_given(words.get("exceptions", ()), canonical, start, timezone, flaws)
    return _with_exceptions(fields, words.get("exceptions", ()), flaws)


def series_edited(
    rule: str | None, words: dict[str, Any], before: Maintenance, now: datetime, flaws: Flaws
) -> dict[str, Any]:
    """The fields of the series after an edit of one occurrence. No rule leaves the series as it
    is, an empty one ends it, and another one - or the same with other times - begins it anew."""
    start = words.get("scheduled_start_at", before.scheduled_start_at)
    end = words.get("scheduled_end_at", before.scheduled_end_at)
    timezone = words.get("timezone", before.timezone)
    if rule is None:
        return _as_it_was(words, before, timezone, flaws)
    if not rule.strip():
        return {"recurrence": "", **_without_rule(words, flaws)}
    if end <= start:
        return {}  # which is noted already
    moved = (start, end) != (before.scheduled_start_at, before.scheduled_end_at)
    if rule == before.recurrence and not moved:
        return _as_it_was(words, before, timezone, flaws)
    canonical = _canonical(rule, start, end, timezone, flaws)
    if canonical == before.recurrence and not moved:
        return _as_it_was(words, before, timezone, flaws)
    _require_anew(before, end, now, flaws)
    id = before.series_id or before.id
    fields = {"recurrence": canonical, **series_beginning(id, start, end)}
    kept = exceptions_moved(before, start, timezone)
    _require_given(words.get("exceptions", ()), canonical, start, timezone, flaws)
    return _with_exceptions(fields, words.get("exceptions", kept), flaws)


def _require_anew(before: Maintenance, end: datetime, now: datetime, flaws: Flaws) -> None:
    """A series can begin here."""
    if before.followed:
        message = say(
            "{reference} is followed by another occurrence; change the rule there.",
            reference=before.reference,
        )
        flaws.note(InvalidInput(message, field="recurrence"))
    elif end <= now:
        message = say("The first occurrence has passed already; begin with the next one.")
        flaws.note(InvalidInput(message, field="scheduled_start_at"))


def _canonical(rule: str, start: datetime, end: datetime, timezone: str, flaws: Flaws) -> str:
    return flaws.checked(
        lambda: recurrence.canonical(rule, start=start, timezone=timezone, duration=end - start),
        "",
    )


def _require_given(
    exceptions: Iterable[datetime], rule: str, start: datetime, timezone: str, flaws: Flaws
) -> None:
    """They are starts that the rule gives, where there is one without flaws."""
    if not rule:
        return
    found = stray(rule, series_start=start, timezone=timezone, moments=[*exceptions])
    if found is not None:
        message = say(
            "By its rule nothing starts at {found:%Y-%m-%dT%H:%M:%SZ}; leave that out.", found=found
        )
        flaws.note(InvalidInput(message, field="exceptions"))


def _with_exceptions(
    fields: dict[str, Any], exceptions: tuple[datetime, ...], flaws: Flaws
) -> dict[str, Any]:
    if fields["occurrence_at"] in exceptions:
        message = say("The first occurrence cannot be left out; begin with a later one.")
        flaws.note(InvalidInput(message, field="exceptions"))
    return {**fields, "exceptions": exceptions}


def _as_it_was(
    words: dict[str, Any], before: Maintenance, timezone: str, flaws: Flaws
) -> dict[str, Any]:
    """Nothing of the series changes, if its rule goes with what is new around it."""
    if not before.recurrence:
        _without_rule(words, flaws)
    elif before.followed and words.get("exceptions", before.exceptions) != before.exceptions:
        message = say(
            "{reference} is followed by another occurrence; leave them out there.",
            reference=before.reference,
        )
        flaws.note(InvalidInput(message, field="exceptions"))
    elif start := before.series_start_at:
        rule = before.recurrence
        if timezone != before.timezone:
            rule = _canonical(rule, start, start + length(before), timezone, flaws)
        new = {*words.get("exceptions", ())} - {*before.exceptions}
        _require_given(new, rule, start, timezone, flaws)
    return {}


def _without_rule(words: dict[str, Any], flaws: Flaws) -> dict[str, Any]:
    if words.get("exceptions"):
        message = say("Only a recurring maintenance can leave out occurrences; give a recurrence.")
        flaws.note(InvalidInput(message, field="exceptions"))
    return {"exceptions": ()}
