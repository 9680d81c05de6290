"""Slack workspaces that installed the app, one bot token each."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.domain.ids import OrganizationId, SlackUserId, TeamId


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """A workspace and the right to act in it; the token is encrypted before it comes here."""

    organization_id: OrganizationId
    team_id: TeamId
    team_name: str
    bot_user_id: SlackUserId
    bot_id: str
    token_ciphertext: bytes
    scopes: tuple[str, ...]
    installed_at: datetime


class Installations(Protocol):
    async def find(self, team_id: TeamId) -> Installation | None: ...

    async def save(self, installation: Installation) -> None:
        """Insert or replace by workspace."""

    async def remove(self, team_id: TeamId) -> None:
        """Forget it; nothing happens when it is not known."""

    async def all(self) -> list[Installation]:
        """Of every organisation, by workspace."""
