"""Makes the Bolt app: configured by us alone, and silent about what people write."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.speaking import Tongues
from bot.slack.workspaces import Workspaces
from core.errors import NotFound
from core.language import say, speaking

LEAKING = "SLACK_"


class SpeakingApp(AsyncApp):
    """Whatever Slack sends, however it came, is answered in the language of its organisation."""

    def __init__(self, tongues: Tongues, **settings: Any) -> None:
        super().__init__(**settings)
        self._tongues = tongues

    async def async_dispatch(self, req: AsyncBoltRequest) -> BoltResponse:
        with speaking(await self._tongues.for_gesture(req.body)):
            return await super().async_dispatch(req)


def bolt_app(client: AsyncWebClient, workspaces: Workspaces, tongues: Tongues) -> AsyncApp:
    """Signatures are checked at our own door: Bolt would log the whole body of a forged one."""

    async def authorize(team_id: str | None, enterprise_id: str | None) -> AuthorizeResult:
        workspace = await workspaces.of_team(team_id or "")
        if workspace is None:
            raise NotFound(say("Tocsin is not installed in this workspace."))
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=workspace.team_id,
            bot_token=workspace.token,
            bot_id=workspace.bot_id,
            bot_user_id=workspace.bot_user_id,
        )

    with _without_slack_environment():
        return SpeakingApp(
            tongues,
            name="tocsin",
            logger=_quiet_logger(),
            client=client,
            authorize=authorize,
            request_verification_enabled=False,
            ssl_check_enabled=False,
            # Listeners answer in time by themselves; Bolt's own wait adds ten milliseconds.
            process_before_response=True,
            raise_error_for_unhandled_request=True,
        )


@contextmanager
def _without_slack_environment() -> Iterator[None]:
    """Bolt takes what it is not given from the environment: tokens, secrets, a whole OAuth flow."""
    hidden = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith(LEAKING)}
    try:
        yield
    finally:
        os.environ.update(hidden)


def _quiet_logger() -> logging.Logger:
    logger = logging.getLogger("slack_bolt.tocsin")
    logger.setLevel(logging.ERROR)
    return logger
