"""Use cases on postmortems."""

from collections import Counter
from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from core.commands.postmortems import (
    AskForContributions,
    Contribute,
    DraftPostmortem,
    EditPostmortem,
)
from core.domain.account import User
from core.domain.actor import Permission
from core.domain.follow_up import FollowUp
from core.domain.ids import UserId
from core.domain.incident import Incident
from core.domain.kept_message import KeptMessage
from core.domain.markdown import literal, literal_lines
from core.domain.postmortem import MAX_BODY, MAX_CONTRIBUTION, MAX_TITLE, Postmortem
from core.domain.postmortem_draft import remembered
from core.domain.postmortem_people import deeds
from core.domain.postmortem_sections import with_more
from core.domain.state import OVER
from core.domain.text import one_line, paragraphs
from core.domain.viewer import Viewer
from core.errors import Conflict, IllegalTransition, InvalidInput, NotFound
from core.language import say
from core.permissions import require
from core.ports import UnitOfWork
from core.usecases import records
from core.usecases.incident_checks import incident_for, record_for

MOST_ASKED = 50
"""People, who are asked what they know."""


async def draft(command: DraftPostmortem, uow: UnitOfWork, now: datetime) -> Postmortem:
    """One for each incident, and only once it is over."""
    incident = await incident_for(command.caller, command.incident_id, uow)
    if present := await uow.records(Postmortem).named(incident.id):
        return present
    _require_over(incident)
    made = Postmortem(
        id=uow.new_id(Postmortem.PREFIX),
        created_at=now,
        updated_at=now,
        incident_id=incident.id,
        title=_title(command.title),
        body=_body(command.body),
    )
    return await records.add(made, uow, by=command.caller.actor, at=now, field="incident_id")


async def edit(command: EditPostmortem, uow: UnitOfWork, now: datetime) -> Postmortem:
    before = after = await record_for(command.caller, Postmortem, command.postmortem_id, uow)
    if command.expected_version not in (None, before.version):
        raise Conflict(
            say("Somebody else changed the postmortem meanwhile; read it again and save once more.")
        )
    if command.title is not None:
        after = replace(after, title=_title(command.title))
    if command.body is not None:
        after = replace(after, body=_body(command.body))
    if command.published and after.published_at is None:
        after = replace(after, published_at=now)
    return await records.change(before, after, uow, by=command.caller.actor, at=now)


async def ask(command: AskForContributions, uow: UnitOfWork, now: datetime) -> Postmortem:
    """Those who did most of it, without those who may not know of it or are not here any more;
    whoever asks knows what they know."""
    before = await record_for(command.caller, Postmortem, command.postmortem_id, uow)
    incident = await incident_for(command.caller, before.incident_id, uow)
    asker = command.caller.actor.user_id
    others = [id for id in await _took_part(incident, uow) if id != asker][:MOST_ASKED]
    present = [id for id in others if id not in before.contributors]
    if not present and not before.contributors:
        raise IllegalTransition(
            say("Nobody but you took part in {reference}.", reference=incident.reference)
        )
    after = replace(before, contributors=(*before.contributors, *present))
    return await records.change(before, after, uow, by=command.caller.actor, at=now)


async def contribute(command: Contribute, uow: UnitOfWork, now: datetime) -> Postmortem:
    """Who was asked may answer, also who may else only look."""
    before = await record_for(command.caller, Postmortem, command.postmortem_id, uow)
    if command.caller.actor.user_id not in before.contributors:
        require(command.caller, Permission.WRITE_INCIDENTS)
    text = paragraphs(command.text, field="text", limit=MAX_CONTRIBUTION)
    if not text:
        raise InvalidInput(say("Write what you remember of it."), field="text")
    name = literal(command.caller.actor.name)
    told = f"**{name}:** {literal_lines(text)}"
    body = with_more(before.body, remembered(), told, also=command.headings)
    after = replace(before, body=_body(body))
    return await records.change(before, after, uow, by=command.caller.actor, at=now)


async def _took_part(incident: Incident, uow: UnitOfWork) -> list[UserId]:
    """Who did something about it, still acts here and may know of it; the most active first."""
    happened = [one.event for one in await uow.timeline.entries(incident.id)]
    tasks = await uow.records(FollowUp).children(incident.id)
    messages = await uow.records(KeptMessage).children(incident.id)
    done = list(deeds(incident, happened, tasks, messages))
    people = await _people({one.user_id for one in done}, uow)
    shares = Counter(
        one.user_id
        for one in done
        if one.user_id in people and one.signed in ("", people[one.user_id].name)
    )
    return sorted(
        (id for id in shares if people[id].admitted and Viewer(user_id=id).sees(incident)),
        key=lambda id: (-shares[id], id),
    )


async def _people(ids: Collection[UserId], uow: UnitOfWork) -> dict[UserId, User]:
    found = dict[UserId, User]()
    for id in sorted(ids):
        with suppress(NotFound):
            found[id] = await uow.users.get(id)
    return found


def _require_over(incident: Incident) -> None:
    if incident.state not in OVER:
        raise IllegalTransition(
            say(
                "{reference} still goes on; its postmortem is drafted once it is over.",
                reference=incident.reference,
            )
        )


def _title(text: str) -> str:
    return one_line(text, field="title", limit=MAX_TITLE)


def _body(text: str) -> str:
    return paragraphs(text, field="body", limit=MAX_BODY)
