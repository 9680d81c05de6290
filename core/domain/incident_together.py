"""What becomes of incidents that have to do with each other, and who may know of one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from core.domain import events as e
from core.domain.actor import Actor
from core.domain.choice_words import worded
from core.domain.ids import IncidentId, UserId
from core.domain.incident import Incident
from core.domain.state import State, merged_refusal
from core.domain.status_option import MERGED
from core.domain.viewer import knowing
from core.errors import IllegalTransition, InvalidInput
from core.language import say

MOST_MEMBERS = 200
MOST_RELATED = 100
MOST_SERVICES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """One that is over, and the one in which it goes on."""

    gone: Incident
    because: e.IncidentMerged
    stays: Incident
    absorbed: e.IncidentAbsorbed
    worse: e.SeverityChanged | None


def require_mergeable(gone: Incident, stays: Incident) -> None:
    """`InvalidInput` or `IllegalTransition`, saying what to do instead."""
    if gone.id == stays.id:
        raise InvalidInput(
            say(
                "{reference} cannot be merged into itself; name another.", reference=gone.reference
            ),
            field="into_id",
        )
    _require_alike(gone, stays)
    _require_unmerged(gone, stays)
    if not gone.active:
        raise IllegalTransition(
            say(
                "{reference} is {state}; only what goes on can be merged. “/incident link” shows "
                "that the two belong together.",
                reference=gone.reference,
                state=worded(gone.state),
            )
        )
    if not stays.active or not stays.published_at:
        raise IllegalTransition(
            say(
                "{reference} is {state}, so nothing can go on there. Reopen it first, or link the "
                "two with “/incident link”.",
                reference=stays.reference,
                state=worded(stays.state),
            )
        )


def _require_unmerged(*both: Incident) -> None:
    for one in both:
        if one.merged_into:
            raise IllegalTransition(merged_refusal(one.reference))


def _require_alike(gone: Incident, stays: Incident) -> None:
    """None of the two tells of the other to whoever may not know of it."""
    if gone.private is not stays.private:
        hidden, shown = (gone, stays) if gone.private else (stays, gone)
        raise InvalidInput(
            say(
                "{hidden} is private and {shown} is not, so one of them would tell of the other; "
                "make both private, or both visible, and merge them then.",
                hidden=hidden.reference,
                shown=shown.reference,
            ),
            field="into_id",
        )


def merge(gone: Incident, stays: Incident, *, by: Actor, at: datetime) -> Merged:
    """Whoever had to do with the one has to do with the other, which is as bad and about as much
    as both."""
    require_mergeable(gone, stays)
    people = sorted((knowing(gone) | set(stays.members)) - knowing(replace(stays, members=())))
    over = replace(
        gone,
        state=State.CANCELED,
        status_id=MERGED,
        canceled_at=at,
        snoozed_until=None,
        update_due_at=None,
        merged_into=stays.id,
        updated_at=at,
    )
    on, worse = _as_bad(stays, gone, by=by, at=at)
    services = tuple(dict.fromkeys((*stays.service_ids, *gone.service_ids)))
    room = max(MOST_SERVICES, len(stays.service_ids))
    members = tuple(people[:MOST_MEMBERS])
    on = replace(on, members=members, service_ids=services[:room], updated_at=at)
    merged = e.IncidentMerged(
        incident_id=gone.id, by=by, at=at, into_id=stays.id, into=stays.reference
    )
    absorbed = e.IncidentAbsorbed(
        incident_id=stays.id, by=by, at=at, other_id=gone.id, other=gone.reference
    )
    return Merged(gone=over, because=merged, stays=on, absorbed=absorbed, worse=worse)


def _as_bad(
    stays: Incident, gone: Incident, *, by: Actor, at: datetime
) -> tuple[Incident, e.SeverityChanged | None]:
    if gone.severity.rank <= stays.severity.rank:
        return stays, None
    worse, event = stays.change_severity(gone.severity, gone.severity_word, by=by, at=at)
    return replace(worse, severity_id=gone.severity_id), event


def may_tell_of(one: Incident, other: Incident) -> bool:
    """Whether everybody who may know of the one may know of the other."""
    if not other.private:
        return True
    return one.private and knowing(one) <= knowing(other)


def relate(
    one: Incident, other: Incident, *, by: Actor, at: datetime
) -> tuple[Incident, e.IncidentRelated | None]:
    """The one says that it has to do with the other."""
    if other.id in one.related:
        return one, None
    if len(one.related) >= MOST_RELATED:
        raise InvalidInput(
            say(
                "{reference} has {most} links, which is the most; take one away first.",
                reference=one.reference,
                most=MOST_RELATED,
            ),
            field="other_id",
        )
    event = e.IncidentRelated(
        incident_id=one.id, by=by, at=at, other_id=other.id, other=other.reference
    )
    return replace(one, related=(*one.related, other.id), updated_at=at), event


def unrelate(
    one: Incident, other_id: IncidentId, other: str, *, by: Actor, at: datetime
) -> tuple[Incident, e.IncidentUnrelated | None]:
    """`other` is its reference, empty where not everybody who reads this may know of it."""
    if other_id not in one.related:
        return one, None
    rest = tuple(id for id in one.related if id != other_id)
    told = other_id if other else IncidentId("")
    event = e.IncidentUnrelated(incident_id=one.id, by=by, at=at, other_id=told, other=other)
    return replace(one, related=rest, updated_at=at), event


def turn(
    incident: Incident, private: bool, *, by: Actor, at: datetime
) -> tuple[Incident, e.MembersChanged | None]:
    """Whoever makes it private keeps knowing of it. Its channel until then was everybody's, and is
    left behind; a private one goes on serving when everybody may know of it again."""
    if private is incident.private:
        return incident, None
    event = e.MembersChanged(incident_id=incident.id, by=by, at=at, private=private, turned=True)
    if not private:
        return replace(incident, private=False, updated_at=at), event
    own = (by.user_id,) if by.user_id and by.user_id not in knowing(incident) else ()
    hidden = replace(
        incident,
        private=True,
        members=(*incident.members, *own),
        channel_id=None,
        channel_name="",
        archived_at=None,
        updated_at=at,
    )
    return hidden, event


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    id: UserId
    name: str


def change_members(
    incident: Incident, add: Sequence[Named], remove: Sequence[Named], *, by: Actor, at: datetime
) -> tuple[Incident, e.MembersChanged | None]:
    """Nobody is let in twice, and nobody shut out who was not in. Whether anybody is left who knows
    of it is for the caller to ask."""
    out = {one.id: one.name for one in remove if one.id in incident.members}
    into = {one.id: one.name for one in add if one.id not in knowing(incident)}
    _require_removable(incident, remove)
    if not out and not into:
        return incident, None
    members = (*(id for id in incident.members if id not in out), *into)
    if len(members) > MOST_MEMBERS:
        raise InvalidInput(
            say("An incident has {most} members at most.", most=MOST_MEMBERS), field="add"
        )
    event = e.MembersChanged(
        incident_id=incident.id,
        by=by,
        at=at,
        private=incident.private,
        added=tuple(into.values()),
        removed=tuple(out.values()),
    )
    return replace(incident, members=members, updated_at=at), event


def _require_removable(incident: Incident, remove: Sequence[Named]) -> None:
    """Whoever works on it cannot help knowing of it."""
    bound = knowing(replace(incident, members=()))
    for one in remove:
        if one.id in bound:
            raise InvalidInput(
                say(
                    "{name} declared {reference}, leads it or plays a role in it, and so knows of "
                    "it; give that to somebody else first.",
                    name=one.name,
                    reference=incident.reference,
                ),
                field="remove",
            )
