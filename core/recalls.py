"""How the result of a command is found again under its key: the thing as it is now."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

from core.domain.record import Record
from core.ports import UnitOfWork

Recall: TypeAlias = Callable[[str, UnitOfWork], Awaitable[Any]]
Getting: TypeAlias = Callable[[Any], Awaitable[object]]


def _kept(get: Callable[[UnitOfWork], Getting]) -> Recall:
    """By its id, in its own repository."""

    async def recall(id: str, uow: UnitOfWork) -> object:
        return await get(uow)(id)

    return recall


def record(kind: type[Record]) -> Recall:
    return _kept(lambda uow: uow.records(kind).get)


async def gone(id: str, uow: UnitOfWork) -> None:
    """What was deleted under the key is not there any more."""


async def calendar_feed(_: str, uow: UnitOfWork) -> object:
    return await uow.calendar_feeds.get()


async def organization(_: str, uow: UnitOfWork) -> object:
    return await uow.organizations.get()


incident = _kept(lambda uow: uow.incidents.get)
note = _kept(lambda uow: uow.notes.get)
service = _kept(lambda uow: uow.services.get)
alert = _kept(lambda uow: uow.alerts.get)
maintenance = _kept(lambda uow: uow.maintenances.get)
user = _kept(lambda uow: uow.users.get)
api_key = _kept(lambda uow: uow.api_keys.get)
integration = _kept(lambda uow: uow.integrations.get)
invitation = _kept(lambda uow: uow.invitations.get)
session = _kept(lambda uow: uow.sessions.get)
webhook_delivery = _kept(lambda uow: uow.webhook_deliveries.get)
