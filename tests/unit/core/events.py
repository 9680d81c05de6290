"""One event of every kind, for tests that ask for completeness."""

from typing import Any, get_args

from core.domain import events as e
from core.domain.account import Role
from core.domain.actor import Actor, Surface
from core.domain.follow_up import FollowUp
from core.domain.ids import (
    ApiKeyId,
    ChannelId,
    EndpointId,
    IncidentId,
    IntegrationId,
    NoteId,
    ServiceId,
    UpdateId,
    UserId,
)
from core.domain.likeness import Verdict
from core.domain.postmortem import Postmortem
from core.domain.severity import Severity
from core.domain.state import Phase, State
from core.domain.weekly import WeeklySummary
from core.effects import (
    AskContributors,
    Effect,
    PostSummary,
    RefreshCard,
    RefreshTasks,
    ShowPostmortem,
)
from tests.fakes.moment import NOON
from tests.unit.core.maintenance_events import MAINTENANCE_TOLD
from tests.unit.core.responding_events import RESPONDING

ALICE = Actor(surface=Surface.SLACK, name="Alice Archer", user_id=UserId("usr_alice"))
BOB = UserId("usr_bob")
KINDS: tuple[type[e.Event], ...] = get_args(e.Event)
INCIDENT_KINDS: tuple[type[e.IncidentFact], ...] = get_args(e.IncidentFact)

_FACT: dict[str, Any] = {"by": ALICE, "at": NOON}
_OF_INCIDENT: dict[str, Any] = {**_FACT, "incident_id": IncidentId("inc_7")}
_OF_RECORD: dict[str, Any] = {
    **_FACT,
    "noun": "procedure",
    "record_id": "prc_1",
    "name": "Restart the pooler",
}
_OF_SOURCE: dict[str, Any] = {
    **_FACT,
    "integration_id": IntegrationId("int_1"),
    "name": "Prometheus",
}
_FEW = ("p99 is high", "errors are up", "queue is full")

# Every event with the sentence that tells it.
_POSTMORTEM: dict[str, Any] = {
    **_FACT,
    "noun": Postmortem.NOUN,
    "record_id": "pmt_1",
    "name": "Checkout",
    "incident_id": IncidentId("inc_7"),
}

# What happens to records that belong to an incident is a part of its history.
BELONGING: list[tuple[e.Event, str, list[type[Effect]]]] = [
    (
        e.RecordCreated(
            **_FACT,
            noun=FollowUp.NOUN,
            record_id="fol_1",
            name="Call them",
            incident_id=IncidentId("inc_7"),
        ),
        "Alice Archer added the task “Call them”.",
        [RefreshTasks, RefreshCard],
    ),
    (
        e.RecordCreated(**_POSTMORTEM),
        "Alice Archer drafted the postmortem.",
        [ShowPostmortem],
    ),
    (
        e.RecordChanged(**_POSTMORTEM, fields=("title", "body")),
        "Alice Archer edited the postmortem.",
        [ShowPostmortem],
    ),
    (
        e.RecordChanged(**_POSTMORTEM, fields=("published at",)),
        "Alice Archer published the postmortem.",
        [ShowPostmortem],
    ),
    (
        e.RecordChanged(**_POSTMORTEM, fields=("contributors",)),
        "Alice Archer asked those who took part for the postmortem.",
        [AskContributors],
    ),
    (
        e.RecordCreated(**_FACT, noun=WeeklySummary.NOUN, record_id="wks_1", name="2029-12-24"),
        "Alice Archer created the weekly summary 2029-12-24.",
        [PostSummary],
    ),
]

TOLD: list[tuple[e.Event, str]] = [
    (
        e.IncidentDeclared(**_OF_INCIDENT, title="Checkout is slow", severity=Severity.HIGH),
        "Alice Archer declared a High (SEV2) incident: Checkout is slow",
    ),
    (
        e.IncidentDeclared(**_OF_INCIDENT, title="Slow", severity=Severity.LOW, draft=True),
        "Alice Archer drafted an incident: Slow",
    ),
    (
        e.IncidentDeclared(**_OF_INCIDENT, title="Slow", severity=Severity.LOW, over=True),
        "Alice Archer recorded a Low (SEV4) incident afterwards: Slow",
    ),
    (e.IncidentPublished(**_OF_INCIDENT), "Alice Archer published the incident."),
    (e.IncidentAcknowledged(**_OF_INCIDENT), "Alice Archer acknowledged the incident."),
    (
        e.IncidentReopened(**_OF_INCIDENT, before=State.RESOLVED, reason="It is back."),
        "Alice Archer reopened the incident: It is back.",
    ),
    (
        e.IncidentReopened(**_OF_INCIDENT, before=State.RESOLVED),
        "Alice Archer reopened the incident.",
    ),
    (
        e.IncidentSnoozed(**_OF_INCIDENT, until=NOON),
        "Alice Archer snoozed the incident until 2030-01-01 12:00 UTC.",
    ),
    (e.IncidentSnoozed(**_OF_INCIDENT), "Alice Archer snoozed the incident."),
    (
        e.IncidentSuppressed(**_OF_INCIDENT, reason="Known."),
        "Alice Archer suppressed the incident: Known.",
    ),
    (
        e.IncidentResolved(**_OF_INCIDENT, summary="Rolled back."),
        "Alice Archer resolved the incident: Rolled back.",
    ),
    (e.IncidentClosed(**_OF_INCIDENT), "Alice Archer closed the incident."),
    (
        e.IncidentCanceled(**_OF_INCIDENT, reason="A drill."),
        "Alice Archer canceled the incident: A drill.",
    ),
    (e.IncidentDeleted(**_OF_INCIDENT), "Alice Archer deleted the incident."),
    (
        e.IncidentEdited(**_OF_INCIDENT, fields=("title", "description", "service"), title="x"),
        "Alice Archer changed the title, the description and the service.",
    ),
    (
        e.IncidentEdited(**_OF_INCIDENT, fields=("title",), title="x"),
        "Alice Archer changed the title.",
    ),
    (
        e.IncidentEdited(
            **_OF_INCIDENT,
            fields=("service",),
            title="x",
            services_added=("checkout", "search"),
            services_removed=("mail",),
        ),
        "Alice Archer added checkout and search to the affected services and took mail off.",
    ),
    (
        e.IncidentEdited(
            **_OF_INCIDENT,
            fields=("title", "service"),
            title="x",
            services_removed=("a", "b", "c", "d", "e", "f", "g"),
        ),
        "Alice Archer changed the title. "
        "Alice Archer took a, b, c, d, e and 2 more off the affected services.",
    ),
    (
        e.SeverityChanged(**_OF_INCIDENT, before=Severity.LOW, after=Severity.CRITICAL),
        "Alice Archer changed the severity from Low (SEV4) to Critical (SEV1).",
    ),
    (
        e.IncidentAssigned(**_OF_INCIDENT, assignee_id=BOB, assignee_name="Bob Baker"),
        "Alice Archer assigned Bob Baker.",
    ),
    (
        e.IncidentAssigned(**_OF_INCIDENT, assignee_id=ALICE.user_id, assignee_name=ALICE.name),
        "Alice Archer took the incident.",
    ),
    (
        e.IncidentAssigned(**_OF_INCIDENT, assignee_id=None),
        "Alice Archer left the incident unassigned.",
    ),
    (
        e.UpdatePosted(
            **_OF_INCIDENT, update_id=UpdateId("upd_1"), phase=Phase.IDENTIFIED, text="Found it."
        ),
        "Alice Archer posted an update (identified): Found it.",
    ),
    (
        e.NoteAdded(**_OF_INCIDENT, note_id=NoteId("nte_1"), text="The cache was cold."),
        "Alice Archer noted: The cache was cold.",
    ),
    (
        e.ChannelLinked(**_OF_INCIDENT, channel_id=ChannelId("C1"), channel_name="inc-7"),
        "The channel #inc-7 was opened.",
    ),
    (
        e.AlertsFired(**_OF_INCIDENT, count=1, names=_FEW[:1]),
        "The alert p99 is high joined the incident.",
    ),
    (
        e.AlertsFired(**_OF_INCIDENT, count=5, names=_FEW),
        "5 alerts (p99 is high, errors are up, queue is full and 2 more) joined the incident.",
    ),
    (
        e.AlertsCleared(**_OF_INCIDENT, count=2, names=_FEW[:2]),
        "2 alerts (p99 is high, errors are up) ended.",
    ),
    (
        e.AlertsFired(**_OF_INCIDENT, count=1, names=_FEW[1:2], calls=True),
        "The alert errors are up joined the incident.",
    ),
    (
        e.AlertsFired(**_OF_INCIDENT, count=1, names=_FEW[:1], worse=True),
        "The alert p99 is high got worse.",
    ),
    (
        e.AlertsFlapping(**_OF_INCIDENT, count=1, names=_FEW[:1]),
        "The alert p99 is high comes and goes.",
    ),
    (
        e.AlertsFlapping(**_OF_INCIDENT, count=2, names=_FEW[:2]),
        "2 alerts (p99 is high, errors are up) come and go.",
    ),
    (
        e.AlertsSteady(**_OF_INCIDENT, count=1, names=_FEW[:1]),
        "The alert p99 is high is steady again and stays away.",
    ),
    (
        e.AlertsSteady(**_OF_INCIDENT, count=1, names=_FEW[:1], firing=True),
        "The alert p99 is high is steady again and goes on.",
    ),
    (
        e.AlertsSteady(**_OF_INCIDENT, count=2, names=_FEW[:2]),
        "2 alerts (p99 is high, errors are up) are steady again and stay away.",
    ),
    (
        e.AlertsSteady(**_OF_INCIDENT, count=2, names=_FEW[:2], firing=True),
        "2 alerts (p99 is high, errors are up) are steady again and go on.",
    ),
    (
        e.AlertDismissed(**_OF_INCIDENT, name="p99 is high"),
        "Alice Archer said that the alert p99 is high is no incident.",
    ),
    (
        e.AlertSplit(**_OF_INCIDENT, name="p99 is high", other="INC-9"),
        "Alice Archer moved the alert p99 is high to INC-9.",
    ),
    (
        e.LikenessesFound(**_OF_INCIDENT, others=("INC-3", "INC-9", "“Restart the pooler”")),
        "It looks like INC-3, INC-9 and “Restart the pooler”.",
    ),
    (
        e.LikenessJudged(
            **_OF_INCIDENT, other_id="inc_3", other="INC-3", verdict=Verdict.SAME_CAUSE
        ),
        "Alice Archer said that INC-3 has the same cause.",
    ),
    (
        e.LikenessJudged(
            **_OF_INCIDENT, other_id="inc_3", other="INC-3", verdict=Verdict.NOT_RELATED
        ),
        "Alice Archer said that INC-3 is not related.",
    ),
    (
        e.LikenessJudged(**_OF_INCIDENT, other_id="inc_3", other="INC-3", verdict=None),
        "Alice Archer took back what was said of INC-3.",
    ),
    (
        e.ProcedureRun(
            **_OF_INCIDENT, procedure_id="prc_1", execution_id="exe_1", title="Restart the pooler"
        ),
        "Alice Archer started the procedure “Restart the pooler”.",
    ),
    (
        e.EffectBuried(**_OF_INCIDENT, effect="RefreshCard", reason="The channel is archived."),
        "The channel is archived.",
    ),
    (
        e.ServiceAdded(**_FACT, service_id=ServiceId("svc_1"), name="checkout"),
        "Alice Archer added the service checkout.",
    ),
    (
        e.UserAdded(**_FACT, user_id=BOB, name="Bob Baker", role=Role.ENGINEER),
        "Alice Archer added Bob Baker as engineer.",
    ),
    (
        e.UserLinked(**_FACT, user_id=BOB, name="Bob Baker"),
        "Bob Baker was recognised in Slack.",
    ),
    (
        e.PasswordChanged(**_FACT, user_id=BOB, name="Bob Baker"),
        "Alice Archer changed the password of Bob Baker.",
    ),
    (
        e.ApiKeyCreated(**_FACT, api_key_id=ApiKeyId("key_1"), name="ci"),
        "Alice Archer created the API key ci.",
    ),
    (
        e.ApiKeyRevoked(**_FACT, api_key_id=ApiKeyId("key_1"), name="ci"),
        "Alice Archer revoked the API key ci.",
    ),
    (
        e.IntegrationCreated(**_FACT, integration_id=IntegrationId("int_1"), name="prod"),
        "Alice Archer added the alert source prod.",
    ),
    (
        e.WebhookSwitchedOff(
            **_FACT, endpoint_id=EndpointId("whk_1"), name="Status page", reason="It was gone."
        ),
        "The outgoing webhook Status page was switched off. It was gone.",
    ),
    (
        e.IntegrationChanged(**_OF_SOURCE, fields=("name", "service")),
        "Alice Archer changed the name and the service of the alert source Prometheus.",
    ),
    (
        e.IntegrationDeleted(**_OF_SOURCE),
        "Alice Archer deleted the alert source Prometheus.",
    ),
    (
        e.IntegrationQuiet(**_OF_SOURCE, since=NOON),
        "The alert source Prometheus has said nothing since 2030-01-01 12:00 UTC.",
    ),
    (
        e.AlertsNotified(**_OF_SOURCE, rule="Staging", channel="staging", count=5, names=_FEW),
        "5 alerts (p99 is high, errors are up, queue is full and 2 more) of Prometheus: "
        "told here only, as the rule “Staging” says.",
    ),
    (
        e.DependenciesChanged(
            **_FACT, service_id=ServiceId("svc_1"), name="checkout", depends_on=("db", "cache")
        ),
        "Alice Archer made the service checkout depend on db and cache.",
    ),
    (
        e.DependenciesChanged(
            **_FACT, service_id=ServiceId("svc_1"), name="checkout", depends_on=()
        ),
        "Alice Archer made the service checkout depend on nothing.",
    ),
    (e.RecordCreated(**_OF_RECORD), "Alice Archer created the procedure Restart the pooler."),
    (
        e.RecordChanged(**_OF_RECORD, fields=("title", "tags", "steps")),
        "Alice Archer changed the title, the tags and the steps "
        "of the procedure Restart the pooler.",
    ),
    (e.RecordDeleted(**_OF_RECORD), "Alice Archer deleted the procedure Restart the pooler."),
    *MAINTENANCE_TOLD,
    *((event, sentence) for event, sentence, _ in RESPONDING),
    *((event, sentence) for event, sentence, _ in BELONGING),
]
EVENTS: list[e.Event] = [event for event, _ in TOLD]
