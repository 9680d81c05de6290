"""Use case on what an organisation decides about its incidents."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any, TypeVar

from core.commands.settings import EditIncidentSettings, SeverityChange
from core.domain import settings_words as words
from core.domain.custom_field import CustomField
from core.domain.ids import UserId
from core.domain.incident_role import MAX_TEXT, STANDARD_ROLES
from core.domain.incident_settings import (
    ONLY,
    FormField,
    IncidentSettings,
    RoleInstructions,
    ServiceInvitees,
    SeveritySettings,
    usual_settings,
)
from core.domain.text import paragraphs
from core.domain.time_zone import require_zone
from core.errors import Conflict, InvalidInput, NotFound
from core.flaws import Flaws
from core.language import say
from core.ports import UnitOfWork
from core.usecases import records
from core.usecases.incident_checks import admitted
from core.usecases.rooms import await_archiving
from core.usecases.settings import settings_in
from core.usecases.summaries import plan_summary

T = TypeVar("T")

MOST_INVITEES = 100
MOST_SERVICES = 500
MOST_FORM_FIELDS = 20
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)

CHECKS: dict[str, Callable[[Any, str], Any]] = {
    "announcement_channel": words.channel,
    "digest_channel": words.channel,
    "channel_name": words.channel_template,
    "reaction": words.reaction,
    "language": words.language,
    "timezone": require_zone,
}


async def edit(command: EditIncidentSettings, uow: UnitOfWork, now: datetime) -> IncidentSettings:
    before = await settings_in(uow, now)
    if command.expected_version not in (None, before.version):
        raise Conflict(say("Somebody else changed the settings; read them again."))
    flaws = Flaws()
    after = _plain(before, command, flaws)
    after = replace(
        after,
        severities=await _severities(before, command, uow, flaws),
        service_invitees=await _service_invitees(before, command, uow, flaws),
        form_fields=await _form_fields(before, command, uow, flaws),
        role_instructions=_role_instructions(before, command, flaws),
    )
    flaws.refuse()
    return await _kept(before, after, command, uow, now)


async def recall(id: str, uow: UnitOfWork) -> object:
    return await uow.records(IncidentSettings).named(ONLY) or usual_settings(LONG_AGO)


async def _kept(
    before: IncidentSettings,
    after: IncidentSettings,
    command: EditIncidentSettings,
    uow: UnitOfWork,
    now: datetime,
) -> IncidentSettings:
    """The first change makes the usual ones the organisation's own."""
    if after == before:
        return before
    if before.version:
        kept = await records.change(before, after, uow, by=command.caller.actor, at=now)
    else:
        own = replace(after, id=uow.new_id(IncidentSettings.PREFIX))
        kept = await records.add(own, uow, by=command.caller.actor, at=now)
    await plan_summary(uow, kept, now)
    await await_archiving(before, kept, uow, now)
    return kept


def _plain(
    before: IncidentSettings, command: EditIncidentSettings, flaws: Flaws
) -> IncidentSettings:
    """Those that are one word or one number."""
    given: dict[str, Any] = {}
    for name, check in CHECKS.items():
        if (text := getattr(command, name)) is not None:
            given[name] = flaws.checked(partial(check, text, name), "")
    for name, most in words.LIMITS.items():
        if (value := getattr(command, name)) is not None:
            given[name] = flaws.checked(partial(words.number, value, name, most), 0)
    return replace(before, **given)


async def _severities(
    before: IncidentSettings, command: EditIncidentSettings, uow: UnitOfWork, flaws: Flaws
) -> tuple[SeveritySettings, ...]:
    kept = {one.severity: one for one in before.severities}
    for wish in command.severities or ():
        place, own = f"severities.{wish.severity}", before.of(wish.severity)
        one = _changed(own, wish)
        minutes = (one.update_minutes, f"{place}.update_minutes", words.MOST_MINUTES)
        kept[one.severity] = replace(
            one,
            meaning=flaws.checked(partial(words.meaning, one.meaning, f"{place}.meaning"), ""),
            update_minutes=flaws.checked(partial(words.number, *minutes), 0),
            invitees=await flaws.awaited(
                _people(one.invitees, own.invitees, f"{place}.invitees", uow), ()
            ),
        )
    return tuple(kept[severity] for severity in sorted(kept, key=lambda one: -one.rank))


def _changed(own: SeveritySettings, wish: SeveritySettings | SeverityChange) -> SeveritySettings:
    given = {
        one.name: value
        for one in fields(SeveritySettings)
        if (value := getattr(wish, one.name)) is not None
    }
    return replace(own, **given)


async def _service_invitees(
    before: IncidentSettings, command: EditIncidentSettings, uow: UnitOfWork, flaws: Flaws
) -> tuple[ServiceInvitees, ...]:
    kept = {one.service_id: one for one in before.service_invitees}
    given = command.service_invitees or ()
    known = await uow.services.known({one.service_id for one in given}) if given else frozenset()
    for one in given:
        place = f"service_invitees.{one.service_id[:80]}"
        if one.service_id not in known and one.user_ids:
            flaws.note(_unknown(say("There is no service {id}.", id=one.service_id[:80]), place))
        people = await flaws.awaited(
            _people(one.user_ids, before.invited_for(one.service_id), place, uow), ()
        )
        kept[one.service_id] = replace(one, user_ids=people)
    some = tuple(one for one in kept.values() if one.user_ids)
    if len(some) > MOST_SERVICES:
        message = say("At most {most} services can have people invited.", most=MOST_SERVICES)
        flaws.note(_unknown(message, "service_invitees"))
    return some


async def _form_fields(
    before: IncidentSettings, command: EditIncidentSettings, uow: UnitOfWork, flaws: Flaws
) -> tuple[FormField, ...]:
    if command.form_fields is None:
        return before.form_fields
    known = {one.id for one in await uow.records(CustomField).all()}
    ids = [one.field_id for one in command.form_fields]
    strange = next((id for id in ids if id not in known), None)
    if strange is not None:
        message = say("There is no custom field {id}.", id=strange[:80])
        flaws.note(_unknown(message, "form_fields"))
    if len(set(ids)) < len(ids):
        flaws.note(_unknown(say("A field can be asked for once only."), "form_fields"))
    if len(ids) > MOST_FORM_FIELDS:
        message = say("The form can ask for {most} fields at most.", most=MOST_FORM_FIELDS)
        flaws.note(_unknown(message, "form_fields"))
    return command.form_fields


def _role_instructions(
    before: IncidentSettings, command: EditIncidentSettings, flaws: Flaws
) -> tuple[RoleInstructions, ...]:
    kept = {one.role_id: one for one in before.role_instructions}
    for one in command.role_instructions or ():
        place = f"role_instructions.{one.role_id[:80]}"
        if one.role_id not in STANDARD_ROLES:
            message = say("{id} is not a role that comes with every organisation.", id=one.role_id)
            flaws.note(_unknown(message, place))
        cleaned = partial(paragraphs, one.instructions, field=place, limit=MAX_TEXT)
        text = flaws.checked(cleaned, "")
        kept[one.role_id] = replace(one, instructions=text)
    return tuple(one for one in kept.values() if one.instructions)


async def _people(
    ids: Sequence[UserId], already: Iterable[UserId], field: str, uow: UnitOfWork
) -> tuple[UserId, ...]:
    """Once each; whoever is in there already need not be there any more."""
    wanted = tuple(dict.fromkeys(ids))
    if len(wanted) > MOST_INVITEES:
        message = say("At most {most} people can be invited at once.", most=MOST_INVITEES)
        raise InvalidInput(message, field=field)
    for id in wanted:
        if id not in already:
            unknown = say("There is no user {id}.", id=id[:80])
            admitted(await _found(uow.users.get(id), unknown, field), field)
    return wanted


async def _found(search: Awaitable[T], message: str, field: str) -> T:
    try:
        return await search
    except NotFound as error:
        raise InvalidInput(message, field=field) from error


def _unknown(message: str, field: str) -> InvalidInput:
    return InvalidInput(message, field=field)
