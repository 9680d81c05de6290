"""The command that loads documented example objects."""

from dataclasses import dataclass, field

from core.commands.base import Command
from core.domain.account import ApiKey, User
from core.domain.incident import Incident
from core.domain.record import Record
from core.domain.service import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadFixtures(Command[int]):
    """Things under ids of their own; those which are there already stay as they are.

    Answers how many were made. An API key whose secret changed is given the new hash.
    """

    users: tuple[User, ...] = ()
    services: tuple[Service, ...] = ()
    incidents: tuple[Incident, ...] = ()
    records: tuple[Record, ...] = ()
    api_keys: tuple[ApiKey, ...] = field(default=(), repr=False)
