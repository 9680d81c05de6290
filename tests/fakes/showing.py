"""Cards and list rows put together from the fakes' rows."""

from collections.abc import Iterable

from core.domain.ids import UserId
from core.domain.incident import Incident
from core.views import IncidentCard, IncidentRow, Person
from tests.fakes.alerts import episodes_of
from tests.fakes.rows import OrganizationRows


def row_of(incident: Incident, rows: OrganizationRows) -> IncidentRow:
    assignee = _person(incident.assignee_id, rows)
    return IncidentRow.of(
        incident,
        assignee_name=assignee.name if assignee else None,
        services=tuple(_services(incident, rows).items()),
    )


def card_of(incident: Incident, rows: OrganizationRows) -> IncidentCard:
    episodes = episodes_of(rows, incident.id)
    updates = [u for u in rows.updates.values() if u.incident_id == incident.id]
    return IncidentCard(
        incident=incident,
        services=_services(incident, rows),
        creator=_person(incident.created_by, rows),
        assignee=_person(incident.assignee_id, rows),
        acknowledger=_person(incident.acknowledged_by, rows),
        owners=_owners(incident, rows),
        latest_update=updates[-1] if updates else None,
        firing=sum(episode.firing for episode in episodes),
        alerts=len(episodes),
        links={label: url for e in reversed(episodes) for label, url in e.links.items()},
    )


def _services(incident: Incident, rows: OrganizationRows) -> dict[str, str]:
    return {id: rows.services[id].name for id in incident.service_ids}


def _owners(incident: Incident, rows: OrganizationRows) -> tuple[Person, ...]:
    ids = dict.fromkeys(
        owner for service in incident.service_ids for owner in rows.services[service].owner_ids
    )
    return _people(ids, rows)


def _people(ids: Iterable[UserId], rows: OrganizationRows) -> tuple[Person, ...]:
    return tuple(person for id in ids if (person := _person(id, rows)))


def _person(id: UserId | None, rows: OrganizationRows) -> Person | None:
    user = rows.users.get(id) if id else None
    if user is None:
        return None
    return Person(id=user.id, name=user.name, email=user.email, slack_user_id=user.slack_user_id)
