"""What somebody is answered who gave up their own sight of a private incident: what they left."""

from dataclasses import replace

from bot.api.auth import Client
from bot.api.doors import Doors
from core.domain.ids import IncidentId
from core.domain.incident import Incident
from core.domain.viewer import EVERYTHING
from core.errors import NotFound
from core.views import IncidentRecord


async def record_to_change(
    doors: Doors, client: Client, key: str | None, id: str
) -> IncidentRecord:
    """By id or reference, through the eyes of whoever asks; and once more for whoever left it with
    this very request and had no answer. `NotFound` for all others it is kept from."""
    organization_id = client.organization_id
    try:
        return await doors.seen_by(client).incident(organization_id, id)
    except NotFound:
        left = await doors.bus.left_with(client.caller, key) if key else None
        if left is None:
            raise
        record = await _left(doors, client, left)
        if id.upper() not in (record.row.id.upper(), record.row.reference):
            raise
        return record


async def record_after(doors: Doors, client: Client, changed: Incident) -> IncidentRecord:
    """What they changed; no later version of it where they may not know of it any more."""
    if client.caller.viewer.sees(changed):
        return await doors.seen_by(client).incident(client.organization_id, changed.id)
    record = await _left(doors, client, changed.id)
    if record.row.version != changed.version:
        raise NotFound(f"There is no incident {changed.id}.")
    return record


async def _left(doors: Doors, client: Client, id: IncidentId) -> IncidentRecord:
    """Without the incident that it goes on in, which may be kept from them as well."""
    record = await doors.reads.seen_by(EVERYTHING).incident(client.organization_id, id)
    return replace(record, merged_into=None)
