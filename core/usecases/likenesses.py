"""Use cases on what looks like an incident: it is written down once, then people judge it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeAlias

from core import commands as c
from core.domain.actor import Caller, Permission
from core.domain.article import Article
from core.domain.events import LikenessesFound, LikenessJudged
from core.domain.ids import IncidentId
from core.domain.incident import Incident
from core.domain.incident_together import may_tell_of
from core.domain.likeness import Likeness
from core.domain.procedure import Procedure
from core.errors import InvalidInput, NotFound
from core.language import say
from core.ports import UnitOfWork
from core.usecases.incident_checks import incident_for

_READING: Mapping[str, Permission] = {
    Procedure.NOUN: Permission.READ_PROCEDURES,
    Article.NOUN: Permission.READ_ARTICLES,
}

Other: TypeAlias = Incident | Procedure | Article


async def write(command: c.WriteLikenesses, uow: UnitOfWork, now: datetime) -> Sequence[Likeness]:
    """What was deleted since it was found is left out."""
    incident = await incident_for(command.caller, command.incident_id, uow)
    known = await uow.likenesses.of(incident.id)
    if any(one.rank for one in known):
        return known
    caller = command.caller
    others = {one.other_id: await _find(one.other_id, caller, uow) for one in command.likenesses}
    names = {id: name_of(other) for id, other in others.items() if other and id != incident.id}
    likenesses = [
        replace(one, incident_id=incident.id, found_at=now)
        for one in command.likenesses
        if one.other_id in names
    ]
    if not likenesses:
        return known
    event = LikenessesFound(
        incident_id=incident.id,
        by=command.caller.actor,
        at=now,
        others=tuple(names[one.other_id] for one in likenesses),
    )
    await uow.likenesses.found(likenesses, because=event)
    return await uow.likenesses.of(incident.id)


async def judge(command: c.JudgeLikeness, uow: UnitOfWork, now: datetime) -> Likeness:
    incident = await incident_for(command.caller, command.incident_id, uow)
    other = await _require(command.other_id, incident, command.caller, uow)
    _require_told(incident, other)
    by = command.caller.actor
    before = await _known(incident.id, other, uow, now)
    after = before.judge(command.verdict, by=by, at=now)
    if after is before:
        return before
    event = LikenessJudged(
        incident_id=incident.id,
        by=by,
        at=now,
        other_id=other.id,
        other=name_of(other),
        verdict=command.verdict,
    )
    await uow.likenesses.judged(after, because=event)
    return after


def _require_told(incident: Incident, other: Other) -> None:
    """A verdict is read in the history of the incident, by everybody who knows of that."""
    if isinstance(other, Incident) and not may_tell_of(incident, other):
        raise InvalidInput(
            say(
                "{other} is private, and not everybody who reads {reference} may know of it; let "
                "the same people in first.",
                other=other.reference,
                reference=incident.reference,
            ),
            field="other_id",
        )


def name_of(other: Other) -> str:
    """What people call it."""
    return other.reference if isinstance(other, Incident) else f"“{other.title}”"


async def _known(incident_id: IncidentId, other: Other, uow: UnitOfWork, at: datetime) -> Likeness:
    """As it was found, or new where a person names it."""
    for one in await uow.likenesses.of(incident_id):
        if one.other_id == other.id:
            return one
    return Likeness(incident_id=incident_id, other_id=other.id, kind=_kind_of(other), found_at=at)


def _may_read(kind: str, caller: Caller) -> bool:
    """Whoever changes an incident may name another one."""
    needed = _READING.get(kind)
    return needed is None or needed in caller.permissions


def _kind_of(other: Other) -> str:
    return "incident" if isinstance(other, Incident) else other.NOUN


async def _require(id: str, incident: Incident, caller: Caller, uow: UnitOfWork) -> Other:
    """What the caller may not read is told from what is not there by nothing."""
    if id == incident.id:
        raise InvalidInput(
            say(
                "{reference} cannot be compared with itself; name another.",
                reference=incident.reference,
            ),
            field="other_id",
        )
    other = await _find(id, caller, uow)
    if other is None or not _may_read(_kind_of(other), caller):
        raise NotFound(say("There is no incident, procedure or article {id}.", id=id[:80]))
    return other


async def _find(id: str, caller: Caller, uow: UnitOfWork) -> Other | None:
    for get in (_incident, _procedure, _article):
        try:
            return await get(id, caller, uow)
        except NotFound:
            continue
    return None


async def _incident(id: str, caller: Caller, uow: UnitOfWork) -> Other:
    return await incident_for(caller, IncidentId(id), uow)


async def _procedure(id: str, _: Caller, uow: UnitOfWork) -> Other:
    return await uow.records(Procedure).get(id)


async def _article(id: str, _: Caller, uow: UnitOfWork) -> Other:
    return await uow.records(Article).get(id)
