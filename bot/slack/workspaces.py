"""Which workspace belongs to which organisation, and the gateway to each."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from bot.slack.gateway import Gateway
from core.domain.ids import OrganizationId, TeamId
from core.language import say
from core.ports import Undeliverable, Unreachable


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    team_id: TeamId
    organization_id: OrganizationId
    bot_user_id: str
    bot_id: str
    token: str
    gateway: Gateway


OpenGateway: TypeAlias = Callable[[str, str], Gateway]
"""A gateway for a bot token; the second argument keeps the rate limits of workspaces apart."""


class Workspaces(Protocol):
    async def of_team(self, team_id: str) -> Workspace | None:
        """None when the app is not installed there."""

    async def of_organization(self, organization_id: OrganizationId) -> Workspace:
        """`Undeliverable` when the organisation has no workspace."""

    async def connect(self) -> None:
        """Make sure that Slack knows us; `Unreachable` otherwise."""

    async def forget(self, team_id: str) -> None:
        """The app was removed from that workspace."""


class OneWorkspace:
    """The workspace of the bot token in the settings; Slack says which one it is."""

    def __init__(
        self, token: str, organization_id: OrganizationId, open_gateway: OpenGateway
    ) -> None:
        self._token = token
        self._organization_id = organization_id
        self._gateway = open_gateway(token, "")
        self._found: Workspace | None = None
        self._asking = asyncio.Lock()

    async def of_team(self, team_id: str) -> Workspace | None:
        workspace = await self._known()
        return workspace if workspace.team_id == team_id else None

    async def of_organization(self, organization_id: OrganizationId) -> Workspace:
        if organization_id != self._organization_id:
            raise Undeliverable(
                say("This organisation has no Slack workspace; install the app there.")
            )
        return await self._known()

    async def connect(self) -> None:
        await self._known()

    async def forget(self, team_id: str) -> None:
        """The token stays in the settings, only what Slack said about it is asked anew."""
        self._found = None

    async def _known(self) -> Workspace:
        async with self._asking:
            if self._found is None:
                self._found = await self._ask()
            return self._found

    async def _ask(self) -> Workspace:
        identity = await self._gateway.identity()
        if not identity.bot_id:
            raise Unreachable(say("SLACK_BOT_TOKEN is not a bot's token; it starts with xoxb-."))
        return Workspace(
            team_id=TeamId(identity.team_id),
            organization_id=self._organization_id,
            bot_user_id=identity.bot_user_id,
            bot_id=identity.bot_id,
            token=self._token,
            gateway=self._gateway,
        )
