"""The use case of an update that also moves its incident."""

from datetime import datetime

from core.commands import EditIncident, SharedUpdate, ShareUpdate
from core.domain.ids import UpdateId
from core.ports import UnitOfWork
from core.usecases.edit import edit
from core.usecases.incident_words import message_text
from core.usecases.messages import an_update, telling


async def share(command: ShareUpdate, uow: UnitOfWork, now: datetime) -> SharedUpdate:
    text = message_text(command.text)
    moved = EditIncident(
        caller=command.caller,
        incident_id=command.incident_id,
        expected_version=command.expected_version,
        state=command.state,
        phase=command.phase,
        resolve_first=command.resolve_first,
        status_id=command.status_id,
        severity=command.severity,
        severity_id=command.severity_id,
    )
    incident = await edit(moved, uow, now)
    update = an_update(incident, None, text, command.caller, uow, now)
    await telling(incident, update).saved(uow)
    return SharedUpdate(id=update.id)


async def recall(id: str, uow: UnitOfWork) -> SharedUpdate:
    return SharedUpdate(id=UpdateId(id))
