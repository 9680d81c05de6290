"""From a request's body to the workspace and the person behind it."""

from collections.abc import Mapping
from typing import Any

from bot.slack.gesture import Gesture, Person
from bot.slack.people import People
from bot.slack.speaking import team_of
from bot.slack.workspaces import Workspace, Workspaces
from core.errors import NotFound
from core.language import say


class Identity:
    def __init__(self, workspaces: Workspaces, people: People) -> None:
        self._workspaces = workspaces
        self._people = people

    async def workspace(self, body: Mapping[str, Any]) -> Workspace:
        """That which sent it."""
        workspace = await self._workspaces.of_team(team_of(body))
        if workspace is None:
            raise NotFound(say("Tocsin is not installed in this workspace."))
        return workspace

    async def person(self, gesture: Gesture) -> Person:
        caller = await self._people.caller(gesture.workspace, gesture.user_id)
        return Person(gesture=gesture, caller=caller)
