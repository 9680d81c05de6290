"""The app was removed from a workspace, or its token withdrawn."""

from typing import Any

from slack_bolt.async_app import AsyncApp

from bot.slack.workspaces import Workspaces

EVENTS = ("app_uninstalled", "tokens_revoked")


class RemovalListeners:
    def __init__(self, workspaces: Workspaces) -> None:
        self._workspaces = workspaces

    def register(self, app: AsyncApp) -> None:
        for event in EVENTS:
            app.event(event)(self.removed)

    async def removed(self, body: dict[str, Any], event: dict[str, Any]) -> None:
        """Tokens of users may be revoked without the bot's; those are none of ours."""
        bots = (event.get("tokens") or {}).get("bot")
        if event.get("type") == "tokens_revoked" and not bots:
            return
        await self._workspaces.forget(body.get("team_id") or "")
