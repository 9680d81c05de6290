"""Carries out what was changed on a page of the settings, and shows the page it belongs to."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from bot.role_names import require_own_words
from bot.slack import blocks as b
from bot.slack.gesture import Memory, Person, unpacked
from bot.slack.kit import Kit
from bot.slack.settings import fields, parts, roles, services, severities
from bot.slack.settings.channels import require_open
from bot.slack.settings.desk import SettingsDesk
from bot.slack.settings.meanwhile import Spoken, Values, changed_here
from bot.slack.settings.plain import Plain
from bot.slack.settings.sight import ABOUT, Sight, sight_of
from core.commands import AddIncidentRole, DeleteIncidentRole, EditIncidentRole
from core.commands.settings import EditIncidentSettings, SeverityChange
from core.domain.ids import ServiceId, UserId
from core.domain.incident_role import STANDARD_ROLES
from core.domain.incident_settings import RoleInstructions, ServiceInvitees
from core.domain.severity import Severity
from core.errors import Conflict, InvalidInput, NotFound
from core.language import say

ATTEMPTS = 3
Sent: TypeAlias = Mapping[str, Any]
Write: TypeAlias = Callable[[Sight], Awaitable[None]]


class Saving:
    def __init__(self, kit: Kit, desk: SettingsDesk) -> None:
        self._kit = kit
        self._desk = desk

    async def plain(self, person: Person, view: Sent, plain: Plain) -> b.View:
        memory, values = _memory(view), view["state"]["values"]

        async def write(sight: Sight) -> None:
            settings = sight.settings
            filled = plain.read(values, settings)
            changed = changed_here(filled, plain.kept(settings), memory.shown, plain.spoken)
            await require_open(person.gesture.workspace.gateway, changed)
            await self._edit(person, sight, **changed)

        return await self._written(person, memory, write, plain.page)

    async def severity(self, person: Person, view: Sent) -> b.View:
        memory, values = _memory(view), view["state"]["values"]
        level = Severity(_about(memory))

        async def write(sight: Sight) -> None:
            own = sight.settings.of(level)
            changed = changed_here(
                severities.filled(values),
                severities.kept(sight, own),
                memory.shown,
                severities.SPOKEN,
            )
            if "invitees" in changed:
                members = changed["invitees"]
                changed["invitees"] = await self._users(person, sight, members, own.invitees)
            now = SeverityChange(severity=level, **changed)
            await self._edit(person, sight, severities=(now,))

        return await self._written(person, memory, write, parts.SEVERITY, f"severities.{level}.")

    async def service(self, person: Person, view: Sent) -> b.View:
        memory, values = _memory(view), view["state"]["values"]
        id = ServiceId(_about(memory))

        async def write(sight: Sight) -> None:
            there = services.kept(sight, id)
            changed = changed_here(services.filled(values), there, memory.shown, _UNSPOKEN)
            if not changed:
                return
            before = sight.settings.invited_for(id)
            people = await self._users(person, sight, changed["service_invitees"], before)
            now = ServiceInvitees(service_id=id, user_ids=people)
            await self._edit(person, sight, service_invitees=(now,))

        return await self._written(person, memory, write, parts.SERVICE)

    async def role(self, person: Person, view: Sent) -> b.View:
        memory, values = _memory(view), view["state"]["values"]
        about = _about(memory)

        async def write(sight: Sight) -> None:
            one = None if about == parts.NEW else sight.role(about)
            if one is None and about != parts.NEW:
                raise NotFound(say("Somebody removed that role while the form was open."))
            there = roles.kept(sight, one)
            filled = roles.filled(values, there)
            changed = changed_here(filled, there, memory.shown, roles.SPOKEN)
            await self._role(person, sight, about, changed)

        return await self._written(person, memory, write, parts.ROLE)

    async def field(self, person: Person, view: Sent) -> b.View:
        memory, values = _memory(view), view["state"]["values"]

        async def write(sight: Sight) -> None:
            key = person.gesture.key
            await self._kit.bus.execute(fields.new_field(values, person.caller, key))

        return await self._written(person, memory, write, parts.FIELD)

    async def do(self, person: Person, memory: Memory, wish: str) -> b.View:
        """What was chosen beside a field; whoever saw other settings sees these first."""
        what, id, version = wish.split(":")
        sight = await sight_of(self._kit, person, memory)
        asked = tuple(one for one in sight.settings.form_fields if sight.custom_field(one.field_id))
        try:
            if str(sight.settings.version) != version:
                raise Conflict
            await self._edit(person, sight, form_fields=fields.done(asked, what, id))
        except Conflict:
            return await self._desk.page(person, memory, parts.FIELDS, _late)
        return await self._desk.page(person, memory, parts.FIELDS)

    async def remove_role(self, person: Person, memory: Memory, id: str) -> b.View:
        await self._kit.bus.execute(
            DeleteIncidentRole(caller=person.caller, key=person.gesture.key, role_id=id)
        )
        return await self._desk.page(person, memory, parts.ROLES, _removed)

    async def _role(self, person: Person, sight: Sight, about: str, changed: Values) -> None:
        if about not in STANDARD_ROLES:
            words = {name: changed.get(name) for name in ("name", "shortform")}
            require_own_words(words)
        if about == parts.NEW:
            add = AddIncidentRole(caller=person.caller, key=person.gesture.key, **changed)
            await self._kit.bus.execute(add)
        elif about in STANDARD_ROLES:
            if changed:
                own = RoleInstructions(role_id=about, instructions=changed["instructions"])
                await self._edit(person, sight, role_instructions=(own,))
        else:
            edit = EditIncidentRole(
                caller=person.caller,
                key=person.gesture.key,
                key_decides=True,
                role_id=about,
                **changed,
            )
            await self._kit.bus.execute(edit)

    async def _written(
        self, person: Person, memory: Memory, write: Write, page: str, prefix: str = ""
    ) -> b.View:
        """Once more with how it is now, where somebody else was faster between reading and
        writing. Refusals stand at the fields of the form."""
        for attempt in range(ATTEMPTS):
            try:
                await write(await sight_of(self._kit, person, memory))
                break
            except Conflict:
                if attempt == ATTEMPTS - 1:
                    raise
            except InvalidInput as refusal:
                raise _placed(refusal, prefix) from refusal
        after = replace(memory, shown={})
        return await self._desk.page(person, after, parts.parent(page), lambda: _saved(page))

    async def _edit(self, person: Person, sight: Sight, **changed: Any) -> None:
        await self._kit.bus.execute(
            EditIncidentSettings(
                caller=person.caller,
                key=person.gesture.key,
                key_decides=True,
                expected_version=sight.settings.version,
                **changed,
            )
        )

    async def _users(
        self, person: Person, sight: Sight, members: tuple[str, ...], before: tuple[UserId, ...]
    ) -> tuple[UserId, ...]:
        """Those who are in no workspace were not in the form either; they stay."""
        unseen = tuple(id for id in before if id not in sight.members)
        found = await self._kit.assignees.chosen(person, members, "invitees", before)
        return (*found, *unseen)


_UNSPOKEN: Mapping[str, Spoken] = {}


def _saved(page: str) -> str:
    return say("{page}: saved.", page=parts.title(page))


def _late() -> str:
    return say("Somebody else changed the settings; here is how they are now.")


def _removed() -> str:
    return say("The role is removed.")


def _memory(view: Sent) -> Memory:
    return unpacked(view.get("private_metadata", ""))


def _about(memory: Memory) -> str:
    about = memory.shown.get(ABOUT, "")
    if not about:
        raise NotFound(say("This form is out of date; close it and open the settings again."))
    return about


def _placed(refusal: InvalidInput, prefix: str) -> InvalidInput:
    names = {name: f"settings.{name.removeprefix(prefix)}" for name, _ in refusal.flaws}
    return refusal.renamed(names)
