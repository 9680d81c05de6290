"""Answers through the `response_url` that Slack hands out with commands and presses."""

import aiohttp
import structlog

from bot.slack.gesture import Reply

log = structlog.get_logger(__name__)


class Responder:
    """Such answers are a courtesy: one that cannot be given is logged, and that is all."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    async def send(self, response_url: str, reply: Reply) -> None:
        if not response_url:
            log.warning("slack_answer_has_no_address")
            return
        try:
            async with self._session.post(response_url, json=reply.payload()) as response:
                if response.status >= 400:
                    log.warning("slack_answer_refused", status=response.status)
        except (aiohttp.ClientError, TimeoutError, OSError) as failure:
            log.warning("slack_answer_failed", kind=type(failure).__name__)
