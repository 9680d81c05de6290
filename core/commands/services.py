"""Commands on services."""

from dataclasses import dataclass

from core.commands.base import Command
from core.domain.ids import (
    UserId,
)
from core.domain.service import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class AddService(Command[Service]):
    name: str
    description: str = ""
    owner_ids: tuple[UserId, ...] = ()
