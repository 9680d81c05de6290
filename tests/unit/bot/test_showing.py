"""What follows where: Slack in its own organisation, outgoing webhooks in any."""

from bot.bootstrap.showing import Showing
from core.domain.actor import Actor, Surface
from core.domain.events import (
    IncidentAcknowledged,
    IncidentPublished,
    IncidentResolved,
    MaintenanceStarted,
)
from core.domain.ids import EntryId, IncidentId, MaintenanceId, OrganizationId
from core.effects import (
    FanOutWebhooks,
    FindLikenesses,
    IndexIncident,
    PostMaintenanceNotice,
    RefreshMaintenanceCard,
)
from tests.fakes.moment import NOON

OURS, THEIRS = OrganizationId("org_1"), OrganizationId("org_2")
WINDOW, ENTRY = MaintenanceId("mnt_1"), EntryId("ent_1")
TOCSIN = Actor(surface=Surface.SCHEDULER, name="Tocsin")
STARTED = MaintenanceStarted(
    maintenance_id=WINDOW, reference="MNT-1", title="Move", at=NOON, by=TOCSIN
)
ACKNOWLEDGED = IncidentAcknowledged(incident_id=IncidentId("inc_1"), at=NOON, by=TOCSIN)
HOOKS = FanOutWebhooks(maintenance_id=WINDOW, entry_id=ENTRY)


def test_slack_and_webhooks_are_told_in_the_organisation_of_the_workspace() -> None:
    showing = Showing()
    showing.begin(OURS)

    assert showing.react(OURS, STARTED, ENTRY) == [
        RefreshMaintenanceCard(maintenance_id=WINDOW),
        PostMaintenanceNotice(maintenance_id=WINDOW, entry_id=ENTRY),
        HOOKS,
    ]
    assert showing.react(THEIRS, STARTED, ENTRY) == [HOOKS]


def test_without_slack_webhooks_are_told_all_the_same() -> None:
    assert Showing().react(OURS, STARTED, ENTRY) == [HOOKS]


def test_it_tells_once_that_windows_changed_and_not_of_anything_else() -> None:
    showing = Showing()

    showing.react(OURS, ACKNOWLEDGED, ENTRY)
    by_an_incident = showing.windows_changed()
    showing.react(OURS, STARTED, ENTRY)
    showing.react(THEIRS, STARTED, ENTRY)

    assert not by_an_incident
    assert [showing.windows_changed(), showing.windows_changed()] == [True, False]


def test_search_knows_what_happens_where_nothing_is_shown() -> None:
    incident = IncidentId("inc_1")
    published = IncidentPublished(incident_id=incident, at=NOON, by=TOCSIN)
    resolved = IncidentResolved(incident_id=incident, at=NOON, by=TOCSIN)
    showing = Showing()

    follow = [*showing.react(THEIRS, published, ENTRY), *showing.react(THEIRS, resolved, ENTRY)]

    assert FindLikenesses(incident_id=incident) in follow
    assert IndexIncident(incident_id=incident) in follow
