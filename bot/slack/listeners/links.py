"""Links to incidents and maintenances in what people write: a look at what they lead to."""

from collections.abc import Mapping
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp

from bot.slack.desk import Desk
from bot.slack.failures import Refused
from bot.slack.gesture import of_message
from bot.slack.linked import Linked, linked
from bot.slack.previewing import Previewing
from bot.slack.shown_links import COMPOSER
from core.domain.actor import Permission
from core.domain.viewer import NOBODY
from core.errors import CoreError
from core.permissions import require
from core.ports import Undeliverable, Unreachable

SHARED = "link_shared"
MOST = 5
"""Links of one message that are shown."""

log = structlog.get_logger(__name__)


class LinkListeners:
    """Everybody in the channel sees what is shown, so private incidents are never, whoever shares
    the link; and nothing is for whoever may not look at incidents themselves, nor where people of
    other companies read it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        kit = desk.kit
        self._previewing = Previewing(kit.reads.seen_by(NOBODY), kit.postings)

    def register(self, app: AsyncApp) -> None:
        app.event(SHARED)(self.shared)

    async def shared(self, body: dict[str, Any], event: dict[str, Any]) -> None:
        if body.get("is_ext_shared_channel") or event.get("source") == COMPOSER:
            return
        links = [str(one.get("url") or "") for one in event.get("links") or ()]
        if ours := linked(links, self._desk.kit.base_url)[:MOST]:
            self._desk.running.start(self._show(body, ours))

    async def _show(self, body: Mapping[str, Any], ours: list[Linked]) -> None:
        """Nobody asked for it: where it cannot be done nothing is said."""
        try:
            gesture = of_message(body, await self._desk.identity.workspace(body))
            caller = (await self._desk.identity.person(gesture)).caller
            require(caller, Permission.READ_INCIDENTS)
            gateway = gesture.workspace.gateway
            await self._previewing.show(gateway, caller.organization_id, body["event"], ours)
        except (CoreError, Refused, Undeliverable, Unreachable) as failure:
            log.info("slack_link_not_shown", reason=type(failure).__name__)
