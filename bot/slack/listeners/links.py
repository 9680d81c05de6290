"""Links to incidents and maintenances in what people write: a look at what they lead to."""

from collections.abc import Mapping
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp

from bot.slack.blocks import Block
from bot.slack.desk import Desk
from bot.slack.failures import Refused
from bot.slack.gesture import Person, of_message
from bot.slack.linked import Linked, LinkedKind, linked
from bot.slack.views.previews import incident_preview, maintenance_preview
from core.domain.actor import Permission
from core.domain.viewer import NOBODY
from core.errors import CoreError, NotFound
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
        self._reads = desk.kit.reads.seen_by(NOBODY)

    def register(self, app: AsyncApp) -> None:
        app.event(SHARED)(self.shared)

    async def shared(self, body: dict[str, Any], event: dict[str, Any]) -> None:
        if body.get("is_ext_shared_channel"):
            return
        links = [str(one.get("url") or "") for one in event.get("links") or ()]
        if ours := linked(links, self._desk.kit.base_url)[:MOST]:
            self._desk.running.start(self._show(body, ours))

    async def _show(self, body: Mapping[str, Any], ours: list[Linked]) -> None:
        """Nobody asked for it: where it cannot be done nothing is said."""
        event = body["event"]
        try:
            gesture = of_message(body, await self._desk.identity.workspace(body))
            person = await self._desk.identity.person(gesture)
            require(person.caller, Permission.READ_INCIDENTS)
            previews = {one.link: await self._preview(person, one) for one in ours}
            shown = {link: blocks for link, blocks in previews.items() if blocks}
            if shown:
                place = (str(event.get("unfurl_id") or ""), str(event.get("source") or ""))
                await gesture.workspace.gateway.unfurl(*place, shown)
        except (CoreError, Refused, Undeliverable, Unreachable) as failure:
            log.info("slack_link_not_shown", reason=type(failure).__name__)

    async def _preview(self, person: Person, one: Linked) -> list[Block]:
        """Nothing for what there is not, or nobody was told of yet."""
        organization = person.caller.organization_id
        try:
            match one.kind:
                case LinkedKind.INCIDENT:
                    row = (await self._reads.incident(organization, one.named)).row
                    if row.published_at is None:
                        return []
                    return incident_preview(await self._reads.card(organization, row.id))
                case LinkedKind.MAINTENANCE:
                    window = (await self._reads.maintenance(organization, one.named)).maintenance
                    return maintenance_preview(
                        await self._reads.maintenance_card(organization, window.id)
                    )
        except NotFound:
            return []
