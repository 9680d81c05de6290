"""Opens the settings and leads from page to page."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

import structlog

from bot.languages import catalogue_of
from bot.slack import blocks as b
from bot.slack.errors import sentence_of, shown
from bot.slack.failures import Refused
from bot.slack.families import Families
from bot.slack.gateway import Gateway
from bot.slack.gesture import Gesture, Memory, Person
from bot.slack.kit import Kit
from bot.slack.settings import parts
from bot.slack.settings.fields import field, fields
from bot.slack.settings.menu import menu
from bot.slack.settings.plain import PLAIN
from bot.slack.settings.roles import role, roles
from bot.slack.settings.services import service, services
from bot.slack.settings.severities import severities, severity
from bot.slack.settings.sight import Sight, sight_of
from bot.slack.views.waiting import saying
from bot.slack.wishes import OpenSettings
from core.domain.actor import Permission
from core.language import speaking
from core.permissions import require
from core.ports import Unreachable

PAGES: Mapping[str, Callable[[Sight, str], b.View]] = {
    parts.MENU: menu,
    **{name: plain.view for name, plain in PLAIN.items()},
    parts.SEVERITIES: severities,
    parts.SEVERITY: severity,
    parts.SERVICES: services,
    parts.SERVICE: service,
    parts.ROLES: roles,
    parts.ROLE: role,
    parts.FIELDS: fields,
    parts.FIELD: field,
}
NEEDED = Permission.WRITE_ORGANIZATIONS

log = structlog.get_logger(__name__)


class SettingsDesk:
    def __init__(self, kit: Kit) -> None:
        self._kit = kit

    async def open(self, gesture: Gesture) -> None:
        """As a form of its own, with everything there is."""

        async def fill(person: Person) -> b.View:
            memory = Memory(response_url=gesture.response_url, home=gesture.home)
            return await self.page(person, memory, parts.MENU)

        await self._kit.opening.open(gesture, parts.title(parts.MENU), fill, NEEDED)

    async def turn(self, gesture: Gesture, view_id: str, page: Awaitable[b.View]) -> None:
        """The form that is open shows this page, or why it cannot."""
        title, gateway = parts.title(parts.MENU), gesture.workspace.gateway

        def why_not(sentence: str) -> b.View:
            return saying(title, sentence)

        view = await shown(page, why_not)
        try:
            await gateway.update_view(view_id, view)
        except (Refused, Unreachable) as failure:
            if _is_closed(failure):
                return
            await _shown_instead(gateway, view_id, why_not(sentence_of(failure)))

    async def page(
        self, person: Person, memory: Memory, address: str, notice: Callable[[], str] = str
    ) -> b.View:
        """`address` is the name of a page, and what it is about after a colon; `notice` says how
        the last step went. All of it in the language that was chosen just now, if one was."""
        require(person.caller, NEEDED)
        name, _, about = address.partition(":")
        sight = await sight_of(self._kit, person, memory)
        with speaking(catalogue_of(sight.settings.language)):
            return PAGES.get(name, menu)(replace(sight, notice=notice()), about)


def _is_closed(failure: Refused | Unreachable) -> bool:
    """The person closed the form meanwhile."""
    return isinstance(failure, Refused) and failure.code == "not_found"


async def _shown_instead(gateway: Gateway, view_id: str, view: b.View) -> None:
    try:
        await gateway.update_view(view_id, view)
    except (Refused, Unreachable) as failure:
        log.warning("slack_settings_not_shown", reason=str(failure))


def answers(kit: Kit) -> Families:
    desk = SettingsDesk(kit)

    async def answer(gesture: Gesture, wish: OpenSettings) -> None:
        await desk.open(gesture)

    return {OpenSettings: answer}
