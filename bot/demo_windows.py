"""The demo's maintenance: one window that comes soon, and one that comes every week."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.office import Office
from core.commands import ScheduleMaintenance
from core.domain.ids import ServiceId, UserId
from core.ports import AgendaQuery

SOON, WEEKLY = "Rebuild the search index", "Patch the payment databases"
ZONE = "Europe/Berlin"
_NOTICE = timedelta(minutes=90)
_HALF_HOUR = timedelta(minutes=30)
_AHEAD = timedelta(days=14)


async def plan_windows(office: Office, owner: str) -> None:
    """Both are ahead after every start; what is ahead already stays as it is. `owner` is the
    e-mail address of one of the sample people.

    Only windows that are planned while Tocsin runs get their cards in Slack.
    """
    user = await office.directory.user_with_email(office.organization_id, owner)
    owner_id = user.id if user else None
    known_services = await office.reads.services(office.organization_id)
    services = {service.name: service.id for service in known_services}
    now = office.clock()
    query = AgendaQuery(since=now, until=now + _AHEAD, completed=False)
    agenda = await office.reads.agenda(office.organization_id, query)
    known = {row.maintenance.title for row in agenda}
    for wish in (_soon(office, services, owner_id), _weekly(office, services, owner_id)):
        if wish.title not in known:
            await office.bus.execute(wish)


def _soon(
    office: Office, services: Mapping[str, ServiceId], owner_id: UserId | None
) -> ScheduleMaintenance:
    start = _on_the_half_hour(office.clock() + _NOTICE)
    return ScheduleMaintenance(
        caller=office.caller,
        title=SOON,
        description="Results may be incomplete for a few minutes.",
        scheduled_start_at=start,
        scheduled_end_at=start + timedelta(minutes=45),
        service_ids=(services["search"],),
        timezone=ZONE,
        owner_id=owner_id,
    )


def _weekly(
    office: Office, services: Mapping[str, ServiceId], owner_id: UserId | None
) -> ScheduleMaintenance:
    start = _on_the_half_hour(office.clock() + timedelta(days=3))
    return ScheduleMaintenance(
        caller=office.caller,
        title=WEEKLY,
        description="One after the other; payments go on.",
        scheduled_start_at=start,
        scheduled_end_at=start + timedelta(hours=2),
        service_ids=(services["payments"],),
        timezone=ZONE,
        owner_id=owner_id,
        recurrence="FREQ=WEEKLY",
        matchers=('alertname="ReplicaLag"',),
    )


def _on_the_half_hour(moment: datetime) -> datetime:
    """The next full or half hour."""
    over = (moment - moment.replace(minute=0, second=0, microsecond=0)) % _HALF_HOUR
    return moment if not over else moment - over + _HALF_HOUR
