"""From a request's body to the workspace and the person behind it."""

from collections.abc import Mapping
from typing import Any

from bot.slack.gesture import Gesture, Person
from bot.slack.people import People
from bot.slack.workspaces import Workspace, Workspaces
from core.errors import NotFound


class Identity:
    def __init__(self, workspaces: Workspaces, people: People) -> None:
        self._workspaces = workspaces
        self._people = people

    async def workspace(self, body: Mapping[str, Any]) -> Workspace:
        """Commands name the workspace in `team_id`, presses and forms in `team`."""
        team = body.get("team_id") or (body.get("team") or {}).get("id") or ""
        workspace = await self._workspaces.of_team(team)
        if workspace is None:
            raise NotFound("Tocsin is not installed in this workspace.")
        return workspace

    async def person(self, gesture: Gesture) -> Person:
        caller = await self._people.caller(gesture.workspace, gesture.user_id)
        return Person(gesture=gesture, caller=caller)
