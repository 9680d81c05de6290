"""The windows that an incident was declared in, or whose alerts it was raised from."""

from collections.abc import Sequence

from sqlalchemy import bindparam, or_, select, union

from core.domain.ids import MaintenanceId, OrganizationId
from core.domain.incident import Incident
from core.views import IncidentRow, WindowNote
from storage.connection import Connection
from storage.expressions import Beside, OneOf
from storage.statements import Row, Statement
from storage.tables import alerts, maintenance_services, maintenances
from storage.tables.alerts import raised
from storage.types import UtcDateTime

_m = maintenances.c
_declared_at = bindparam("declared_at", type_=UtcDateTime)
_shown = select(
    _m.number,
    _m.id,
    _m.title,
    _m.scheduled_end_at,
    _m.actual_end_at,
    _m.canceled_at,
).where(Beside(_m.organization_id) == bindparam("organization"))
_running_then = _shown.where(
    _m.id.in_(
        select(maintenance_services.c.maintenance_id).where(
            OneOf(maintenance_services.c.service_id, "services")
        )
    ),
    _m.actual_start_at <= _declared_at,
    or_(_m.actual_end_at.is_(None), _m.actual_end_at > _declared_at),
    or_(_m.canceled_at.is_(None), _m.canceled_at > _declared_at),
)
_raised_after = _shown.where(
    _m.id.in_(
        select(alerts.c.suppressed_by).where(raised, alerts.c.incident_id == bindparam("incident"))
    )
)
_WINDOWS = Statement(union(_running_then, _raised_after).order_by(_m.number))


async def windows_of(
    connection: Connection,
    organization_id: OrganizationId,
    incident: Incident | IncidentRow,
    service_ids: Sequence[str],
) -> tuple[WindowNote, ...]:
    """In the order of their numbers."""
    values = {
        "organization": organization_id,
        "incident": incident.id,
        "services": service_ids,
        "declared_at": incident.created_at,
    }
    return tuple(map(_note, await connection.fetch(_WINDOWS, values)))


def _note(row: Row) -> WindowNote:
    number, id, title, scheduled_end_at, actual_end_at, canceled_at = row
    over_at = actual_end_at or canceled_at
    return WindowNote(
        id=MaintenanceId(id),
        reference=f"MNT-{number}",
        title=title,
        ends_at=over_at or scheduled_end_at,
        running=over_at is None,
    )
