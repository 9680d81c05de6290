"""How the result of a command is found again under its key: the thing as it is now."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

from core.domain.ids import (
    ApiKeyId,
    EpisodeId,
    IncidentId,
    IntegrationId,
    InvitationId,
    MaintenanceId,
    NoteId,
    ServiceId,
    SessionId,
    UserId,
)
from core.domain.record import Record
from core.ports import UnitOfWork

Recall: TypeAlias = Callable[[str, UnitOfWork], Awaitable[Any]]


async def incident(id: str, uow: UnitOfWork) -> object:
    return await uow.incidents.get(IncidentId(id))


async def note(id: str, uow: UnitOfWork) -> object:
    return await uow.notes.get(NoteId(id))


async def service(id: str, uow: UnitOfWork) -> object:
    return await uow.services.get(ServiceId(id))


async def alert(id: str, uow: UnitOfWork) -> object:
    return await uow.alerts.get(EpisodeId(id))


async def maintenance(id: str, uow: UnitOfWork) -> object:
    return await uow.maintenances.get(MaintenanceId(id))


def record(kind: type[Record]) -> Recall:
    async def recall(id: str, uow: UnitOfWork) -> object:
        return await uow.records(kind).get(id)

    return recall


async def gone(id: str, uow: UnitOfWork) -> None:
    """What was deleted under the key is not there any more."""


async def user(id: str, uow: UnitOfWork) -> object:
    return await uow.users.get(UserId(id))


async def api_key(id: str, uow: UnitOfWork) -> object:
    return await uow.api_keys.get(ApiKeyId(id))


async def integration(id: str, uow: UnitOfWork) -> object:
    return await uow.integrations.get(IntegrationId(id))


async def invitation(id: str, uow: UnitOfWork) -> object:
    return await uow.invitations.get(InvitationId(id))


async def session(id: str, uow: UnitOfWork) -> object:
    return await uow.sessions.get(SessionId(id))


async def calendar_feed(_: str, uow: UnitOfWork) -> object:
    return await uow.calendar_feeds.get()


async def webhook_delivery(id: str, uow: UnitOfWork) -> object:
    return await uow.webhook_deliveries.get(id)


async def organization(id: str, uow: UnitOfWork) -> object:
    return await uow.organizations.get()
