"""What was done to an incident and by whom, in the words that somebody in Slack hears."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from core.domain import events as e
from core.domain.choice_words import worded
from core.domain.incident import Incident
from core.domain.narration import spoken
from core.domain.state import merged_refusal
from core.language import say, to_say
from core.views import IncidentCard, TimelineEntry

Kind = type[e.IncidentEvent]

OWN: Mapping[Kind, str] = {
    e.IncidentAcknowledged: to_say("You acknowledged {reference}."),
    e.IncidentReopened: to_say("You reopened {reference}."),
    e.IncidentSnoozed: to_say("You snoozed {reference}."),
    e.IncidentSuppressed: to_say("You suppressed {reference}."),
    e.IncidentResolved: to_say("You resolved {reference}."),
    e.IncidentClosed: to_say("You closed {reference}."),
    e.IncidentCanceled: to_say("You canceled {reference}."),
}
"""To whoever did it."""

OTHERS: Mapping[Kind, str] = {
    e.IncidentAcknowledged: to_say("{reference} was acknowledged by {who} {when}."),
    e.IncidentReopened: to_say("{reference} was reopened by {who} {when}."),
    e.IncidentSnoozed: to_say("{reference} was snoozed by {who} {when}."),
    e.IncidentSuppressed: to_say("{reference} was suppressed by {who} {when}."),
    e.IncidentResolved: to_say("{reference} was resolved by {who} {when}."),
    e.IncidentClosed: to_say("{reference} was closed by {who} {when}."),
    e.IncidentCanceled: to_say("{reference} was canceled by {who} {when}."),
}
"""To whoever came later."""

AGAIN: Mapping[Kind, str] = {
    e.IncidentAcknowledged: to_say("You acknowledged {reference} already, {when}."),
    e.IncidentReopened: to_say("You reopened {reference} already, {when}."),
    e.IncidentSnoozed: to_say("You snoozed {reference} already, {when}."),
    e.IncidentSuppressed: to_say("You suppressed {reference} already, {when}."),
    e.IncidentResolved: to_say("You resolved {reference} already, {when}."),
    e.IncidentClosed: to_say("You closed {reference} already, {when}."),
    e.IncidentCanceled: to_say("You canceled {reference} already, {when}."),
}
"""To whoever did it before."""

AT_ONCE = timedelta(minutes=1)
"""What is asked for twice within so much was meant once."""

ENDS: tuple[Kind, ...] = (e.IncidentResolved, e.IncidentClosed, e.IncidentCanceled)


def latest(entries: Sequence[TimelineEntry], kinds: tuple[Kind, ...]) -> TimelineEntry | None:
    return next((entry for entry in reversed(entries) if isinstance(entry.event, kinds)), None)


def told(reference: str, entry: TimelineEntry, now: datetime) -> str:
    kind = next(kind for kind in OTHERS if isinstance(entry.event, kind))
    who, when = entry.event.by.name, ago(now, entry.at)
    return say(OTHERS[kind], reference=reference, who=who, when=when)


def told_again(reference: str, kind: Kind, entry: TimelineEntry, now: datetime) -> str:
    return say(AGAIN[kind], reference=reference, when=ago(now, entry.at))


def goes_on_elsewhere(card: IncidentCard) -> str:
    """Of what was merged: where whoever reads it may go on."""
    reference = card.incident.reference
    if card.merged_into is None:
        return merged_refusal(reference)
    return say(
        "{reference} was merged into {other}, where it goes on; “/incident show {other}” shows it.",
        reference=reference,
        other=card.merged_into.reference,
    )


def already(incident: Incident) -> str:
    return say(
        "{reference} is {state} already.",
        reference=incident.reference,
        state=worded(incident.state),
    )


def handed(reference: str, event: e.IncidentAssigned, now: datetime) -> str:
    """To whoever wanted to take what is somebody's already."""
    values = {"reference": reference, "who": event.by.name, "when": ago(now, event.at)}
    if event.assignee_id == event.by.user_id:
        return say(
            "{reference} was taken by {who} {when}; “/incident assign me {reference}” takes it "
            "over.",
            **values,
        )
    return say(
        "{reference} was given to {name} by {who} {when}; “/incident assign me {reference}” takes "
        "it over.",
        name=event.assignee_name,
        **values,
    )


def held(card: IncidentCard) -> str:
    """The same, where nobody wrote down how they got it."""
    return say(
        "{reference} is assigned to {who}; “/incident assign me {reference}” takes it over.",
        reference=card.incident.reference,
        who=name_of_assignee(card),
    )


def name_of_assignee(card: IncidentCard) -> str:
    return card.assignee.name if card.assignee else say("nobody")


def ago(now: datetime, then: datetime) -> str:
    minutes = (now - then) // timedelta(minutes=1)
    if minutes < 1:
        return say("just now")
    return say("{span} ago", span=spoken(timedelta(minutes=minutes)))
