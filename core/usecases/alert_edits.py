"""What people said of alerts at their source: kept beside the alert, and told to its incident."""

from collections.abc import Sequence

from core.domain.actor import Actor
from core.domain.alert import Alert, AlertEdit, AlertStatus, Episode
from core.domain.alert_note import AlertNote
from core.domain.ids import EpisodeId, NoteId
from core.domain.incident import Incident
from core.domain.state import State
from core.domain.text import cut_line, cut_paragraphs
from core.domain.update import MAX_TEXT, Note
from core.language import to_say
from core.usecases.alert_changes import Changes
from core.usecases.ring import Ring, found

MAX_ACTOR, MAX_SHOWN = 200, 80
TAKEN_BACK = to_say("The acknowledgement was taken back at the source.")


async def tell_changes(alerts: Sequence[Alert], ring: Ring) -> None:
    """What was changed is noted where the service is in trouble: it may be the cause."""
    changed, service = [alert for alert in alerts if alert.change], ring.integration.service_id
    if not changed or service is None:
        return
    for broken in await ring.uow.incidents.broken([service]):
        for alert in changed:
            incident = await found(broken.incident_id, ring.uow)
            if incident and incident.active:
                await _note_incident(incident, _spoken_change(alert), ring.actor, ring)


def _spoken_change(alert: Alert) -> str:
    source = alert.labels.get("source", "")
    return f"Change: {alert.summary}{f' ({source})' if source else ''}"


async def take_edits(changes: Changes, episodes: list[Episode], ring: Ring) -> None:
    """`episodes` are those that changed, in the shape they have in the end."""
    known = {episode.id: episode for episode in episodes}
    for id, alert in changes.edits:
        await _take(id, alert, known.get(id), ring)


def acknowledger(episode: Episode, ring: Ring) -> Actor:
    """Whoever took it at the source, where it says so."""
    return _called(episode.acknowledged_by, ring)


def _called(name: str, ring: Ring) -> Actor:
    name = cut_line(name, MAX_ACTOR)
    return Actor(surface=ring.actor.surface, name=name) if name else ring.actor


async def _take(id: EpisodeId, alert: Alert, episode: Episode | None, ring: Ring) -> None:
    edit, by = alert.edit, _called(alert.by, ring)
    if edit is None:
        return
    incident = await found(episode.incident_id, ring.uow) if episode else None
    if incident and incident.active and alert.status is AlertStatus.EDITED:
        incident = await _tell(incident, edit, by, ring)
    if edit.note:
        await _note(id, edit.note, by, ring)
        if incident and incident.active and episode:
            about = cut_line(episode.summary or episode.name, MAX_SHOWN)
            await _note_incident(incident, f"{about}: {edit.note}", by, ring)


async def _tell(incident: Incident, edit: AlertEdit, by: Actor, ring: Ring) -> Incident:
    """What is edited on the alert and means the incident."""
    save, at = ring.uow.incidents.save, ring.now
    if edit.acknowledged is False and incident.state is State.ACKNOWLEDGED:
        reopened, opened = incident.reopen(TAKEN_BACK, by=by, at=at)
        return await save(reopened, because=opened)
    if edit.snoozed_until and edit.snoozed_until > at and _may_sleep(incident):
        asleep, snoozed = incident.snooze(edit.snoozed_until, by=by, at=at)
        return await save(asleep, because=snoozed)
    return incident


def _may_sleep(incident: Incident) -> bool:
    return incident.state is State.SNOOZED or incident.can_become(State.SNOOZED)


async def _note(id: EpisodeId, text: str, by: Actor, ring: Ring) -> None:
    note = AlertNote(id=ring.uow.new_id("aln"), alert_id=id, at=ring.now, by=by.name, text=text)
    await ring.uow.alert_notes.add(note)


async def _note_incident(incident: Incident, text: str, by: Actor, ring: Ring) -> None:
    told = cut_paragraphs(text, MAX_TEXT)
    note = Note(
        id=NoteId(ring.uow.new_id("nte")), incident_id=incident.id, text=told, by=by, at=ring.now
    )
    noted, event = incident.note(note.id, told, by=by, at=ring.now)
    await ring.uow.incidents.save(noted, because=event)
    await ring.uow.notes.add(note)
