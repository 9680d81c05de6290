"""The settings: pages leafed through, forms sent, fields put in order."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import Any, TypeAlias

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.incident_settings import settings_of
from bot.languages import catalogue_of
from bot.slack.blocks import Choice, View, option
from bot.slack.desk import Desk
from bot.slack.gesture import Memory, Person, of_action, unpacked
from bot.slack.listeners.pressing import carrying
from bot.slack.listeners.submitting import Sent, Submissions, Submit
from bot.slack.settings import fields, parts, roles, services
from bot.slack.settings.desk import SettingsDesk
from bot.slack.settings.plain import PLAIN, ZONE, Plain
from bot.slack.settings.saving import Saving
from core.domain.time_zone import zones_like
from core.language import speaking

MOST_SUGGESTIONS = 100
Turn: TypeAlias = Callable[[Person, Memory, str], Awaitable[View]]
"""The page that follows from a press, by the value of what was pressed."""


class SettingsListeners:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._settings = SettingsDesk(desk.kit)
        self._saving = Saving(desk.kit, self._settings)

    def register(self, app: AsyncApp) -> None:
        app.action(carrying(parts.GO))(self._turning(self._settings.page))
        app.action(services.CHOOSE)(self._turning(self._of_service))
        app.action(fields.DO)(self._turning(self._saving.do))
        app.action(roles.REMOVE)(self._turning(self._saving.remove_role))
        app.options(ZONE)(self.zones)
        app.options(services.CHOOSE)(self.services)
        saving = self._saving
        sent: dict[str, Submit] = {
            parts.callback(parts.SEVERITY): self._then_home(saving.severity),
            parts.callback(parts.SERVICE): self._then_home(saving.service),
            parts.callback(parts.ROLE): self._then_home(saving.role),
            parts.callback(parts.FIELD): self._then_home(saving.field),
        }
        for name, plain in PLAIN.items():
            sent[parts.callback(name)] = self._then_home(self._plain(plain))
        Submissions(self._desk).register(app, sent)

    def _plain(self, plain: Plain) -> Callable[[Person, Sent], Awaitable[View]]:
        return partial(self._saving.plain, plain=plain)

    def _then_home(self, save: Callable[[Person, Sent], Awaitable[View]]) -> Submit:
        """Behind the form the App Home shows what holds now, if that is where it was opened."""

        async def saved(person: Person, view: Sent) -> View:
            page = await save(person, view)
            if person.gesture.home:
                organization = person.caller.organization_id
                settings = await settings_of(self._desk.reads, organization)
                with speaking(catalogue_of(settings.language)):
                    self._desk.running.start(self._desk.home.tell(person.gesture))
            return page

        return saved

    def _turning(self, turn: Turn) -> Callable[..., Awaitable[None]]:
        async def pressed(ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
            await ack()
            self._desk.running.start(self._turn(turn, body, _value(action)))

        return pressed

    async def _turn(self, turn: Turn, body: dict[str, Any], value: str) -> None:
        view = body["view"]
        memory = replace(unpacked(view.get("private_metadata", "")), shown={})
        gesture = of_action(body, await self._desk.identity.workspace(body))
        gesture = replace(gesture, home=memory.home, response_url=memory.response_url)

        async def page() -> View:
            return await turn(await self._desk.identity.person(gesture), memory, value)

        await self._settings.turn(gesture, view["id"], page())

    async def _of_service(self, person: Person, memory: Memory, id: str) -> View:
        return await self._settings.page(person, memory, f"{parts.SERVICE}:{id}")

    async def zones(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """What is offered while somebody types the name of a time zone."""
        names = zones_like(str(body.get("value") or ""), MOST_SUGGESTIONS)
        await ack(options=[option(Choice(label=name, value=name)) for name in names])

    async def services(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """The same for the name of a service."""
        workspace = await self._desk.identity.workspace(body)
        typed = str(body.get("value") or "").casefold()
        found = await self._desk.reads.services(workspace.organization_id)
        fitting = [one for one in found if typed in one.name.casefold()][:MOST_SUGGESTIONS]
        await ack(options=[option(Choice(label=one.name, value=one.id)) for one in fitting])


def _value(action: dict[str, Any]) -> str:
    """Of a button, or of what was chosen."""
    return str(action.get("value") or (action.get("selected_option") or {}).get("value") or "")
