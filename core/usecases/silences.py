"""Use cases on silences: ask for one, for alerts like a certain one, and end it early."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from core.commands import alerting as a
from core.domain.alert import Episode
from core.domain.alike import alike
from core.domain.ids import IntegrationId, NoteId
from core.domain.matcher import canonical_matchers
from core.domain.silence import ACTIVE, Silence
from core.domain.text import cut_line, one_line, shorten
from core.domain.timer import Timer, TimerKind
from core.domain.update import Note
from core.domain.wording import minute, spoken
from core.errors import IllegalTransition, InvalidInput, NotFound
from core.flaws import Flaws
from core.language import say
from core.ports import UnitOfWork
from core.usecases import records
from core.usecases.incident_checks import alert_for
from core.usecases.ring import found
from core.usecases.ring import spoken as told_of

MAX_REASON, MAX_TOLD, MAX_LABELS = 500, 200, 500
SHORTEST, LONGEST = timedelta(minutes=1), timedelta(days=366)
MOST_ACTIVE = 200
"""At once; every alert is compared with all of them."""


async def add(command: a.AddSilence, uow: UnitOfWork, now: datetime) -> Silence:
    flaws = Flaws()
    nothing: tuple[str, ...] = ()
    matchers = flaws.checked(lambda: canonical_matchers(command.matchers), nothing)
    reason = flaws.checked(lambda: _reason(command.reason), "")
    ends_at = flaws.checked(lambda: _end(command, now), now)
    if not command.matchers and command.integration_id is None:
        message = say(
            "Say which alerts are meant: write matchers such as "
            'service="checkout", or name an alert source.'
        )
        flaws.note(InvalidInput(message, field="matchers"))
    if command.integration_id is not None:
        await flaws.awaited(_require_source(command.integration_id, uow), None)
    flaws.refuse()
    silence = Silence(
        id=uow.new_id(Silence.PREFIX),
        created_at=now,
        updated_at=now,
        matchers=matchers,
        ends_at=ends_at,
        reason=reason,
        by=command.caller.actor.name,
        integration_id=command.integration_id,
    )
    return await _keep(silence, command, uow, now)


async def end(command: a.EndSilence, uow: UnitOfWork, now: datetime) -> Silence:
    """What it kept quiet is dealt with by whoever sees to what is due."""
    silence = await uow.records(Silence).get(command.silence_id)
    if silence.over or silence.ends_at <= now:
        return silence
    actor = command.caller.actor
    ended = await records.change(silence, replace(silence, ends_at=now), uow, by=actor, at=now)
    await _ring_at(ended, uow)
    return ended


async def silence_alert(command: a.SilenceAlert, uow: UnitOfWork, now: datetime) -> Silence:
    lasts = _lasting(command.seconds)
    episode = await alert_for(command.caller, command.alert_id, uow)
    if not episode.firing:
        raise IllegalTransition(
            say("This alert has ended; silence alerts like it by their labels.")
        )
    silence = Silence(
        id=uow.new_id(Silence.PREFIX),
        created_at=now,
        updated_at=now,
        matchers=alike(episode),
        ends_at=now + lasts,
        reason=_reason(command.reason) or cut_line(_alike(episode), MAX_REASON),
        by=command.caller.actor.name,
        integration_id=episode.integration_id,
    )
    kept = await _keep(silence, command, uow, now)
    await _tell(episode, kept, command, uow, now)
    return kept


async def _keep(
    silence: Silence, command: a.AddSilence | a.SilenceAlert, uow: UnitOfWork, now: datetime
) -> Silence:
    others: Sequence[Silence] = await uow.records(Silence).children(ACTIVE)
    if len(others) >= MOST_ACTIVE:
        message = say(
            "There are {most_active} silences, which is the most at once; end one.",
            most_active=MOST_ACTIVE,
        )
        raise InvalidInput(message, field="matchers")
    kept = await records.add(silence, uow, by=command.caller.actor, at=now)
    await _ring_at(kept, uow)
    return kept


async def _ring_at(silence: Silence, uow: UnitOfWork) -> None:
    timer = Timer(kind=TimerKind.SILENCE, subject_id=silence.id, due_at=silence.ends_at)
    await uow.timers.set(timer)


async def _tell(
    episode: Episode, silence: Silence, command: a.SilenceAlert, uow: UnitOfWork, now: datetime
) -> None:
    """Whoever works on its incident reads that nobody will be called for the next one."""
    incident = await found(episode.incident_id, uow)
    if incident is None or not incident.active:
        return
    text = say(
        "Alerts like “{name}” call nobody until {until}: those with {which}.",
        name=_name(episode),
        until=minute(silence.ends_at),
        which=shorten(silence.which, MAX_LABELS),
    )
    actor = command.caller.actor
    id = NoteId(uow.new_id("nte"))
    noted, event = incident.note(id, text, by=actor, at=now)
    await uow.incidents.save(noted, because=event)
    await uow.notes.add(Note(id=id, incident_id=incident.id, text=text, by=actor, at=now))


def _alike(episode: Episode) -> str:
    return say("Alerts like “{name}”", name=_name(episode))


def _name(episode: Episode) -> str:
    return cut_line(told_of(episode), MAX_TOLD)


async def _require_source(id: IntegrationId, uow: UnitOfWork) -> None:
    try:
        integration = await uow.integrations.get(id)
    except NotFound:
        integration = None
    if integration is None or integration.deleted_at:
        raise InvalidInput(
            say("There is no alert source {id}.", id=id[:80]), field="integration_id"
        )


def _reason(text: str) -> str:
    return one_line(text, field="reason", limit=MAX_REASON) if text.strip() else ""


def _end(command: a.AddSilence, now: datetime) -> datetime:
    if command.seconds is None:
        if command.ends_at is None:
            message = say("Say when it ends, or how many seconds it lasts.")
            raise InvalidInput(message, field="ends_at")
        _require_length((command.ends_at - now).total_seconds(), "ends_at")
        return command.ends_at
    if command.ends_at is not None:
        raise InvalidInput(say("Give ends_at or seconds, one of them."), field="seconds")
    return now + _lasting(command.seconds)


def _lasting(seconds: int) -> timedelta:
    _require_length(seconds, "seconds")
    return timedelta(seconds=seconds)


def _require_length(seconds: float, field: str) -> None:
    if not SHORTEST.total_seconds() <= seconds <= LONGEST.total_seconds():
        message = say(
            "A silence lasts between {least} and {most} from now.",
            least=spoken(SHORTEST),
            most=spoken(LONGEST),
        )
        raise InvalidInput(message, field=field)
