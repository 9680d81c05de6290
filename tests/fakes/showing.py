"""Cards and list rows put together from the fakes' rows."""

from collections.abc import Iterable, Sequence

from core.domain.custom_field import CustomField, FieldOption, said_of
from core.domain.ids import IncidentId, UserId
from core.domain.incident import Incident
from core.domain.incident_role import LEAD, STANDARD_ROLES, IncidentRole
from core.domain.maintenance import Maintenance
from core.domain.viewer import NOBODY, Viewer
from core.views import IncidentCard, IncidentRow, Neighbour, Person, Player, WindowNote
from tests.fakes.alerts import episodes_of
from tests.fakes.records import kept
from tests.fakes.rows import OrganizationRows


def row_of(incident: Incident, rows: OrganizationRows) -> IncidentRow:
    assignee = person(incident.assignee_id, rows)
    return IncidentRow.of(
        incident,
        assignee_name=assignee.name if assignee else None,
        services=tuple(_services(incident, rows).items()),
    )


def neighbours_of(
    incident: Incident, rows: OrganizationRows, viewer: Viewer
) -> dict[str, Neighbour]:
    """By id; for whoever sees everything, those that everybody may read of."""
    who = NOBODY if viewer.everything else viewer
    return those_seen([*incident.related, incident.merged_into], rows, who)


def those_seen(
    ids: Sequence[IncidentId | None], rows: OrganizationRows, viewer: Viewer
) -> dict[str, Neighbour]:
    return {
        one.id: Neighbour(id=one.id, number=one.number, title=one.title, channel_id=one.channel_id)
        for one in rows.incidents.values()
        if one.id in ids and one.deleted_at is None and viewer.sees(one)
    }


def card_of(incident: Incident, rows: OrganizationRows, viewer: Viewer) -> IncidentCard:
    near = neighbours_of(incident, rows, viewer)
    episodes = episodes_of(rows, incident.id)
    updates = [u for u in rows.updates.values() if u.incident_id == incident.id]
    return IncidentCard(
        incident=incident,
        related=tuple(near[id] for id in incident.related if id in near),
        merged_into=near.get(incident.merged_into or ""),
        services=_services(incident, rows),
        creator=person(incident.created_by, rows),
        assignee=person(incident.assignee_id, rows),
        acknowledger=person(incident.acknowledged_by, rows),
        owners=_owners(incident, rows),
        players=_players(incident, rows),
        latest_update=updates[-1] if updates else None,
        firing=sum(episode.firing for episode in episodes),
        alerts=len(episodes),
        windows=windows_of(incident, rows),
        own_fields=_own_fields(incident, rows),
        links={label: url for e in reversed(episodes) for label, url in e.links.items()},
    )


def windows_of(incident: Incident, rows: OrganizationRows) -> tuple[WindowNote, ...]:
    """Those it was declared in, and those its alerts were suppressed in."""
    suppressors = {e.suppressed_by for e in episodes_of(rows, incident.id)}
    in_order = sorted(rows.maintenances.values(), key=lambda one: one.number)
    return tuple(
        _note(one) for one in in_order if one.id in suppressors or _declared_in(incident, one)
    )


def _declared_in(incident: Incident, window: Maintenance) -> bool:
    at, over_at = incident.created_at, window.actual_end_at or window.canceled_at
    started = window.actual_start_at is not None and window.actual_start_at <= at
    alike = not set(incident.service_ids).isdisjoint(window.service_ids)
    return alike and started and (over_at is None or over_at > at)


def _note(window: Maintenance) -> WindowNote:
    over_at = window.actual_end_at or window.canceled_at
    return WindowNote(
        id=window.id,
        reference=window.reference,
        title=window.title,
        ends_at=over_at or window.scheduled_end_at,
        running=over_at is None,
    )


def _own_fields(incident: Incident, rows: OrganizationRows) -> dict[str, tuple[str, ...]]:
    fields = {one.id: one for one in kept(rows, CustomField)}
    return said_of(incident.fields, fields, kept(rows, FieldOption))


def _services(incident: Incident, rows: OrganizationRows) -> dict[str, str]:
    return {id: rows.services[id].name for id in incident.service_ids}


def _owners(incident: Incident, rows: OrganizationRows) -> tuple[Person, ...]:
    ids = dict.fromkeys(
        owner for service in incident.service_ids for owner in rows.services[service].owner_ids
    )
    return people(ids, rows)


def _players(incident: Incident, rows: OrganizationRows) -> tuple[Player, ...]:
    names = {**STANDARD_ROLES, **{role.id: role.name for role in kept(rows, IncidentRole)}}
    return tuple(
        Player(role_id=one.role_id, role=names[one.role_id], person=found)
        for one in incident.roles
        if one.role_id != LEAD and one.role_id in names and (found := person(one.user_id, rows))
    )


def people(ids: Iterable[UserId], rows: OrganizationRows) -> tuple[Person, ...]:
    return tuple(found for id in ids if (found := person(id, rows)))


def person(id: UserId | None, rows: OrganizationRows) -> Person | None:
    user = rows.users.get(id) if id else None
    if user is None:
        return None
    return Person(id=user.id, name=user.name, email=user.email, slack_user_id=user.slack_user_id)
