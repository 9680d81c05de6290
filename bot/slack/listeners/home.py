"""The App Home: opened, leafed through, searched, and left through one of its doors."""

from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncApp

from bot.slack.desk import Desk
from bot.slack.gesture import Gesture, of_opening
from bot.slack.listeners.pressing import Action, Known, Press, Presses
from bot.slack.settings.desk import SettingsDesk
from bot.slack.views import home, home_incidents, home_search

OPENED = "app_home_opened"


class HomeListeners:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, app: AsyncApp) -> None:
        app.event(OPENED)(self.opened)
        presses: dict[Known, Press] = {
            home.DECLARE: self._declare,
            home.SCHEDULE: self._schedule,
            home.EARLIER: self._turn,
            home.THIS_MONTH: self._turn,
            home.LATER: self._turn,
            home_search.SEARCH: self._search,
            home_search.CLEAR: self._clear,
            home_incidents.DETAILS: self._details,
            home_incidents.ALL: self._all,
            home.SETTINGS: self._change_settings,
        }
        Presses(self._desk).register(app, presses)

    async def opened(self, body: dict[str, Any], event: dict[str, Any]) -> None:
        """Slack shows what was there before until the new view comes."""
        if event.get("tab") == "home":
            workspace = await self._desk.identity.workspace(body)
            self._desk.running.start(self._desk.home.tell(of_opening(body, workspace)))

    async def _declare(self, gesture: Gesture, action: Action) -> None:
        await self._desk.forms.declare(gesture)

    async def _schedule(self, gesture: Gesture, action: Action) -> None:
        await self._desk.windows.forms.schedule(gesture)

    async def _details(self, gesture: Gesture, action: Action) -> None:
        await self._desk.home.details(gesture, action["value"])

    async def _all(self, gesture: Gesture, action: Action) -> None:
        await self._desk.home.all(gesture, action["value"])

    async def _change_settings(self, gesture: Gesture, action: Action) -> None:
        await SettingsDesk(self._desk.kit).open(gesture)

    async def _turn(self, gesture: Gesture, action: Action) -> None:
        await self._desk.home.show(gesture, month=action["value"])

    async def _search(self, gesture: Gesture, action: Action) -> None:
        asked = str(action.get("value") or "").strip()[: home_search.LONGEST_QUESTION]
        await self._desk.home.show(replace(gesture, asked=asked))

    async def _clear(self, gesture: Gesture, action: Action) -> None:
        await self._desk.home.show(replace(gesture, asked=""))
