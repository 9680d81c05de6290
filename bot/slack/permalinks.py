"""Links to messages, for what can do without them."""

import structlog

from bot.slack.failures import Refused
from bot.slack.shapes import Room
from bot.slack.workspaces import Workspace
from core.domain.ids import ChannelId
from core.ports import Unreachable

log = structlog.get_logger(__name__)


async def permalink_of(workspace: Workspace, channel: str, ts: str) -> str:
    """Nothing where Slack gives none, as of messages between people in which Tocsin is not."""
    try:
        return await workspace.gateway.permalink(Room(id=ChannelId(channel)), ts)
    except (Refused, Unreachable) as failure:
        log.info("slack_message_without_link", reason=str(failure))
        return ""
