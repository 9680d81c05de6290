"""Use cases on the history of an incident: messages kept in it, and lines corrected."""

from dataclasses import replace
from datetime import datetime

from core.commands import timeline as t
from core.domain.chronicle import Line, every_line
from core.domain.events import EntryRevised, MessageDropped, MessageKept
from core.domain.ids import UserId
from core.domain.incident import Incident
from core.domain.kept_message import MAX_FILES, MAX_TEXT, KeptMessage, key_of
from core.domain.text import cut_line, cut_paragraphs, paragraphs
from core.domain.timeline_edit import TimelineEdit
from core.errors import InvalidInput, NotFound
from core.language import say
from core.ports import UnitOfWork
from core.usecases import records
from core.usecases.incident_checks import load

MAX_NAME = 200


async def keep(command: t.KeepMessage, uow: UnitOfWork, now: datetime) -> Incident:
    incident = await load(command, uow)
    known = await _kept(command, uow)
    if known is None:
        await _keep_first(command, incident, uow, now)
    elif command.why not in known.kept_by:
        again = replace(known, kept_by=(*known.kept_by, command.why))
        await records.change(known, again, uow, by=command.caller.actor, at=now)
    return incident


async def release(command: t.ReleaseMessage, uow: UnitOfWork, now: datetime) -> Incident:
    incident = await load(command, uow)
    known = await _kept(command, uow)
    if known is None or command.why not in known.kept_by:
        return incident
    left = replace(known, kept_by=tuple(one for one in known.kept_by if one != command.why))
    if left.kept_by:
        await records.change(known, left, uow, by=command.caller.actor, at=now)
    else:
        await _drop(left, command, incident, uow, now)
    return incident


async def follow(command: t.FollowMessage, uow: UnitOfWork, now: datetime) -> Incident:
    incident = await load(command, uow)
    known = await _kept(command, uow)
    if known is None:
        return incident
    if command.text is None:
        await _drop(known, command, incident, uow, now)
        return incident
    as_said = replace(known, text=_said(command.text), files=_named(command.files))
    await records.change(known, as_said, uow, by=command.caller.actor, at=now)
    return incident


async def correct(command: t.CorrectLine, uow: UnitOfWork, now: datetime) -> Incident:
    incident = await load(command, uow)
    line = await _line(command.line_id, incident, uow)
    before = await uow.records(TimelineEdit).named(command.line_id)
    edit = TimelineEdit(
        id=before.id if before else uow.new_id(TimelineEdit.PREFIX),
        created_at=before.created_at if before else now,
        updated_at=now,
        incident_id=incident.id,
        line_id=command.line_id,
        text=_text(command, line, before),
        at=_time(command, line, before, now),
        hidden=_hidden(command, before),
        created_by=command.caller.actor.user_id,
        version=before.version if before else 0,
    )
    if _differs(before, edit):
        event = EntryRevised(
            by=command.caller.actor,
            at=now,
            incident_id=incident.id,
            line_id=line.id,
            text=edit.text,
            moved_to=edit.at,
        )
        await uow.records(TimelineEdit).save(edit, because=event)
    return incident


async def _author(command: t.KeepMessage, uow: UnitOfWork) -> UserId | None:
    known = await uow.users.in_slack(*command.said_by) if command.said_by else None
    return known.id if known else None


async def _keep_first(
    command: t.KeepMessage, incident: Incident, uow: UnitOfWork, now: datetime
) -> None:
    message = KeptMessage(
        id=uow.new_id(KeptMessage.PREFIX),
        created_at=now,
        updated_at=now,
        created_by=command.caller.actor.user_id,
        incident_id=incident.id,
        channel_id=command.channel_id,
        ts=command.ts,
        text=_said(command.text),
        author=cut_line(command.author, MAX_NAME),
        author_id=await _author(command, uow),
        said_at=command.said_at,
        permalink=command.permalink,
        files=_named(command.files),
        kept_by=(command.why,),
    )
    event = MessageKept(
        by=command.caller.actor,
        at=now,
        incident_id=incident.id,
        message_id=message.id,
        author=message.author,
        text=message.text,
        said_at=message.said_at,
    )
    await uow.records(KeptMessage).save(message, because=event)


async def _drop(
    message: KeptMessage,
    command: t.ReleaseMessage | t.FollowMessage,
    incident: Incident,
    uow: UnitOfWork,
    now: datetime,
) -> None:
    event = MessageDropped(
        by=command.caller.actor,
        at=now,
        incident_id=incident.id,
        message_id=message.id,
        author=message.author,
    )
    gone = replace(message, deleted_at=now, updated_at=now)
    await uow.records(KeptMessage).save(gone, because=event)


async def _kept(
    command: t.KeepMessage | t.ReleaseMessage | t.FollowMessage, uow: UnitOfWork
) -> KeptMessage | None:
    key = key_of(command.incident_id, command.channel_id, command.ts)
    return await uow.records(KeptMessage).named(key)


async def _line(id: str, incident: Incident, uow: UnitOfWork) -> Line:
    """As it was written down."""
    entry = await uow.timeline.entry(incident.id, id)
    messages = [] if entry else await uow.records(KeptMessage).children(incident.id)
    lines = every_line([entry] if entry else [], messages)
    found = next((line for line in lines if line.id == id), None)
    if found is None:
        raise NotFound(say("This line of the timeline is not there any more."))
    return found


def _text(command: t.CorrectLine, line: Line, before: TimelineEdit | None) -> str | None:
    if command.text_stays:
        return before.text if before else None
    if command.text is None:
        return None
    text = paragraphs(command.text, field="text", limit=MAX_TEXT)
    if not text:
        raise InvalidInput(
            say("The line is empty; write what it should say, or leave it out."), field="text"
        )
    return None if text == line.text else text


def _time(
    command: t.CorrectLine, line: Line, before: TimelineEdit | None, now: datetime
) -> datetime | None:
    if command.at_stays:
        return before.at if before else None
    if command.at is not None and command.at > now:
        raise InvalidInput(say("The line cannot stand in the future."), field="at")
    return None if command.at == line.at else command.at


def _hidden(command: t.CorrectLine, before: TimelineEdit | None) -> bool:
    if command.hidden is None:
        return before is not None and before.hidden
    return command.hidden


def _differs(before: TimelineEdit | None, after: TimelineEdit) -> bool:
    as_it_was = (before.text, before.at, before.hidden) if before else (None, None, False)
    return as_it_was != (after.text, after.at, after.hidden)


def _said(text: str) -> str:
    return cut_paragraphs(text, MAX_TEXT)


def _named(files: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(cut_line(name, MAX_NAME) for name in files[:MAX_FILES])
