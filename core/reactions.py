"""Which effects follow from which event: the whole policy, on one page."""

from typing import assert_never

from core.domain import events as e
from core.domain.article import Article
from core.domain.event_names import UNTOLD
from core.domain.follow_up import FollowUp
from core.domain.ids import EntryId, IncidentId
from core.domain.postmortem import Postmortem
from core.domain.procedure import Procedure
from core.domain.weekly import WeeklySummary
from core.effects import (
    AddBookmarks,
    AskContributors,
    Effect,
    FanOutEvent,
    FanOutWebhooks,
    FindLikenesses,
    IndexIncident,
    IndexRecord,
    InvitePeople,
    OpenChannel,
    PostAlertNotice,
    PostExecution,
    PostMaintenanceNotice,
    PostNotice,
    PostSummary,
    PostUpdate,
    RefreshAlerts,
    RefreshAnnouncement,
    RefreshCard,
    RefreshLikenesses,
    RefreshMaintenanceCard,
    RefreshTasks,
    RefreshTopic,
    ShowPostmortem,
    TellDeclarer,
    TellMaintenanceOwner,
    TellRole,
    UnarchiveChannel,
)
from core.responding_reactions import followed_by, responding_effects, shown_anew

INDEXED = frozenset({Procedure.NOUN, Article.NOUN})
"""The plain nouns that are found by meaning."""


def effects_of(event: e.Event, entry_id: EntryId) -> list[Effect]:
    """What must follow from `event`; `entry_id` is its line in the timeline."""
    shown = [*indexed_by(event), *shown_by(event, entry_id), *followed_by(event, entry_id)]
    return [*shown, *told_by(event, entry_id)]


def indexed_by(event: e.Event) -> list[Effect]:
    """Search by meaning knows what has new words, and forgets what was deleted."""
    match event:
        case (
            e.IncidentDeclared(incident_id=id)
            | e.IncidentEdited(incident_id=id)
            | e.UpdatePosted(incident_id=id)
            | e.IncidentResolved(incident_id=id)
            | e.IncidentDeleted(incident_id=id)
        ):
            return [IndexIncident(incident_id=id)]
        case (
            e.RecordCreated(noun=noun, record_id=id)
            | e.RecordChanged(noun=noun, record_id=id)
            | e.RecordDeleted(noun=noun, record_id=id)
        ) if noun in INDEXED:
            return [IndexRecord(record_id=id)]
        case _:
            return []


def shown_by(  # noqa: C901, PLR0915 - one flat table
    event: e.Event, entry_id: EntryId
) -> list[Effect]:
    """What must be shown because of `event`."""
    match event:
        case e.IncidentEdited(incident_id=id, quietly=True) if "roles" in event.fields:
            return [InvitePeople(incident_id=id)]
        case (
            e.IncidentDeclared(draft=True)
            | e.IncidentDeclared(quietly=True)
            | e.IncidentResolved(quietly=True)
            | e.IncidentEdited(quietly=True)
            | e.UpdatePosted(quietly=True)
            | e.NoteAdded(quietly=True)
        ):
            return []
        case e.IncidentDeclared(incident_id=id, over=over):
            sought: list[Effect] = [] if over else [FindLikenesses(incident_id=id)]
            told: list[Effect] = [TellRole(incident_id=id, entry_id=entry_id)]
            begun: list[Effect] = [RefreshAnnouncement(incident_id=id), OpenChannel(incident_id=id)]
            return [*begun, *sought, *(told if event.manned and not over else [])]
        case e.IncidentPublished(incident_id=id):
            seen: list[Effect] = [RefreshAnnouncement(incident_id=id), OpenChannel(incident_id=id)]
            return [*seen, FindLikenesses(incident_id=id)]
        case e.LikenessesFound(incident_id=id) | e.LikenessJudged(incident_id=id):
            return [RefreshLikenesses(incident_id=id)]
        case e.ProcedureRun(incident_id=id, execution_id=execution_id):
            return [PostExecution(incident_id=id, execution_id=execution_id)]
        case e.ChannelLinked(incident_id=id):
            return [
                RefreshCard(incident_id=id),
                RefreshAnnouncement(incident_id=id),
                InvitePeople(incident_id=id),
                RefreshTopic(incident_id=id),
                AddBookmarks(incident_id=id),
                RefreshLikenesses(incident_id=id),
                RefreshAlerts(incident_id=id),
                RefreshTasks(incident_id=id),
            ]
        case e.IncidentEdited(incident_id=id):
            owners: list[Effect] = [InvitePeople(incident_id=id)] if event.concerns_others else []
            marks: list[Effect] = [AddBookmarks(incident_id=id)] if event.leads_elsewhere else []
            return [*owners, PostNotice(incident_id=id, entry_id=entry_id), *shown_anew(id), *marks]
        case e.UpdatePosted(incident_id=id, update_id=update_id):
            return [PostUpdate(incident_id=id, update_id=update_id), *shown_anew(id)]
        case e.NoteAdded(incident_id=id):
            return [PostNotice(incident_id=id, entry_id=entry_id)]
        case e.IncidentAssigned(incident_id=id, assignee_id=None):
            # Whoever led it may know of what is private no more.
            freed: list[Effect] = [InvitePeople(incident_id=id)]
            return [*freed, PostNotice(incident_id=id, entry_id=entry_id), *shown_anew(id)]
        case e.IncidentAssigned(incident_id=id):
            led: list[Effect] = [TellRole(incident_id=id, entry_id=entry_id)]
            given: list[Effect] = [InvitePeople(incident_id=id)]
            return [*given, PostNotice(incident_id=id, entry_id=entry_id), *led, *shown_anew(id)]
        case (
            e.IncidentResolved(incident_id=id)
            | e.IncidentCanceled(incident_id=id)
            | e.IncidentDeleted(incident_id=id)
        ):
            ended: list[Effect] = [PostNotice(incident_id=id, entry_id=entry_id)]
            return [*ended, RefreshAlerts(incident_id=id), *shown_anew(id)]
        case e.IncidentReopened(incident_id=id):
            # A draft that was resolved quietly has no channel yet.
            channel: list[Effect] = [UnarchiveChannel(incident_id=id), OpenChannel(incident_id=id)]
            again: list[Effect] = [PostNotice(incident_id=id, entry_id=entry_id)]
            return [*channel, *again, RefreshAlerts(incident_id=id), *shown_anew(id)]
        case (
            e.IncidentAcknowledged(incident_id=id)
            | e.IncidentSnoozed(incident_id=id)
            | e.IncidentSuppressed(incident_id=id)
            | e.IncidentClosed(incident_id=id)
        ):
            return [PostNotice(incident_id=id, entry_id=entry_id), *shown_anew(id)]
        case e.SeverityChanged(incident_id=id):
            # Some people belong to every incident that is so bad.
            others: list[Effect] = [InvitePeople(incident_id=id)]
            return [*others, PostNotice(incident_id=id, entry_id=entry_id), *shown_anew(id)]
        case e.AlertsFired(incident_id=id, calls=False) | e.AlertsCleared(incident_id=id):
            return _counted_anew(id)
        case (
            e.AlertsFired(incident_id=id)
            | e.AlertsFlapping(incident_id=id)
            | e.AlertsSteady(incident_id=id)
            | e.AlertDismissed(incident_id=id)
            | e.AlertSplit(incident_id=id)
        ):
            return [PostNotice(incident_id=id, entry_id=entry_id), *_counted_anew(id)]
        case e.RespondingEvent():
            return responding_effects(event, entry_id)
        case (
            e.RecordCreated(noun=noun, incident_id=id)
            | e.RecordChanged(noun=noun, incident_id=id)
            | e.RecordDeleted(noun=noun, incident_id=id)
        ) if id and noun == FollowUp.NOUN:
            return [RefreshTasks(incident_id=id), RefreshCard(incident_id=id)]
        case e.RecordChanged(
            noun=Postmortem.NOUN, incident_id=id, record_id=about, fields=("contributors",)
        ) if id:
            return [AskContributors(incident_id=id, postmortem_id=about)]
        case (
            e.RecordCreated(noun=Postmortem.NOUN, incident_id=id, record_id=about)
            | e.RecordChanged(noun=Postmortem.NOUN, incident_id=id, record_id=about)
        ) if id:
            return [ShowPostmortem(incident_id=id, postmortem_id=about)]
        case e.RecordCreated(noun=WeeklySummary.NOUN, record_id=about):
            return [PostSummary(about=about, entry_id=entry_id)]
        case e.RecordDeleted(shown_in=incidents):
            return [RefreshLikenesses(incident_id=id) for id in incidents]
        case e.EffectBuried(incident_id=id, effect=OpenChannel.__name__):
            # Its alerts are shown below the announcement then.
            return [TellDeclarer(incident_id=id, entry_id=entry_id), RefreshAlerts(incident_id=id)]
        case e.EffectBuried(incident_id=id):
            return [TellDeclarer(incident_id=id, entry_id=entry_id)]
        case (
            e.ServiceAdded()
            | e.UserAdded()
            | e.UserLinked()
            | e.PasswordChanged()
            | e.ApiKeyCreated()
            | e.ApiKeyRevoked()
            | e.IntegrationCreated()
            | e.RecordCreated()
            | e.RecordChanged()
        ):
            return []
        case (
            e.IntegrationQuiet(integration_id=about)
            | e.AlertsNotified(integration_id=about)
            | e.WebhookSwitchedOff(endpoint_id=about)
        ):
            return [PostAlertNotice(about=about, entry_id=entry_id)]
        case e.IntegrationChanged() | e.IntegrationDeleted() | e.DependenciesChanged():
            return []
        case e.MaintenanceEvent():
            return maintenance_effects(event, entry_id)
        case _:
            assert_never(event)


def told_by(event: e.Event, entry_id: EntryId) -> list[Effect]:
    """What other programs are told; of maintenance they are told beside what is shown of it."""
    quiet = getattr(event, "quietly", False) or getattr(event, "draft", False)
    if quiet or isinstance(event, e.MaintenanceEvent) or type(event) in UNTOLD:
        return []
    about = getattr(event, "incident_id", None) or getattr(event, "record_id", None)
    return [FanOutEvent(about=about or type(event).__name__, entry_id=entry_id)]


def maintenance_effects(event: e.MaintenanceFact, entry_id: EntryId) -> list[Effect]:
    """What must be shown because of what happened to a window, and who else is told."""
    id = event.maintenance_id
    card = RefreshMaintenanceCard(maintenance_id=id)
    notice = PostMaintenanceNotice(maintenance_id=id, entry_id=entry_id)
    hooks = FanOutWebhooks(maintenance_id=id, entry_id=entry_id)
    match event:
        case e.MaintenanceScheduled(past=True):
            return [hooks]
        case e.MaintenanceScheduled(missed=0) | e.MaintenanceStarted(missed=True):
            return [card, hooks]  # a card of its own says it all, or the next line does
        case e.MaintenanceEffectBuried():
            return [TellMaintenanceOwner(maintenance_id=id, entry_id=entry_id)]
        case _:
            return [card, notice, hooks]


def _counted_anew(id: IncidentId) -> list[Effect]:
    """Other alerts are in it, or other ones fire; the topic does not speak of them."""
    return [
        RefreshAlerts(incident_id=id),
        RefreshCard(incident_id=id),
        RefreshAnnouncement(incident_id=id),
    ]
