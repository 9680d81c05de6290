"""What the parts of the gateway are built on: one call of Slack's, and bytes sent where it says."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

from bot.slack.shapes import Answer, Room


class Calling(ABC):
    @abstractmethod
    async def _call(
        self, method: str, arguments: Mapping[str, Any], room: Room | None = None
    ) -> Answer:
        """Raises `Unreachable` and `Refused` only."""

    @abstractmethod
    async def _send(self, url: str, content: bytes) -> None:
        """The same, to an address that Slack gave out."""
