"""The edge at which it is decided in which language people in Slack are answered and told."""

from collections.abc import Mapping
from typing import Any

from bot.languages import Languages
from bot.slack.workspaces import Workspaces
from core.effects import Effect
from core.errors import CoreError
from core.language import ENGLISH, Catalogue, speaking
from core.ports import Delivery, Parcel, Undeliverable, Unreachable


def team_of(body: Mapping[str, Any]) -> str:
    """Commands and events name the workspace in `team_id`, presses and forms in `team`."""
    team = body.get("team")
    named = team.get("id") if isinstance(team, Mapping) else ""
    return str(body.get("team_id") or named or "")


class Tongues:
    """Where nobody can say now which language it is, it is English."""

    def __init__(self, workspaces: Workspaces, languages: Languages) -> None:
        self._workspaces = workspaces
        self._languages = languages

    async def for_gesture(self, body: Mapping[str, Any]) -> Catalogue:
        """That of the organisation whose workspace sent this."""
        try:
            workspace = await self._workspaces.of_team(team_of(body))
            return await self._languages.of(workspace.organization_id) if workspace else ENGLISH
        except (CoreError, Unreachable, Undeliverable):
            return ENGLISH

    def told(self, delivery: Delivery) -> Delivery:
        """The same delivery; what it shows is said in the language of its organisation."""

        async def said(effect: Effect, parcel: Parcel) -> None:
            with speaking(await self._for_parcel(parcel)):
                await delivery(effect, parcel)

        return said

    async def _for_parcel(self, parcel: Parcel) -> Catalogue:
        try:
            return await self._languages.of(parcel.organization_id)
        except CoreError:
            return ENGLISH
