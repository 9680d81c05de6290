"""What every group of routes is made of."""

from dataclasses import dataclass

from bot.alert_hearing import Hearing
from bot.api.auth import Client
from bot.api.pages import Pages
from bot.api.server import Server
from core.bus import CommandBus
from core.ports import Clock, Directory, ReadModels


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """The server to register operations at, and where commands and questions go. `reads` knows of
    no private incident; what is answered to somebody is asked through their eyes."""

    server: Server
    bus: CommandBus
    reads: ReadModels
    directory: Directory
    pages: Pages
    clock: Clock
    hearing: Hearing

    def seen_by(self, client: Client) -> ReadModels:
        return self.reads.seen_by(client.caller.viewer)
