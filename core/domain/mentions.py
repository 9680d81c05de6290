"""Which other incidents a line of a history names, and the line for whoever may not know of them.

What happened stays as it was written down. Whoever reads it is told of another incident only what
they may know of by now: a private one is another incident, without its name.
"""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from core.domain import events as e
from core.domain.ids import IncidentId

MENTIONING: tuple[type[e.Event], ...] = (
    e.IncidentMerged,
    e.IncidentAbsorbed,
    e.IncidentRelated,
    e.IncidentUnrelated,
    e.AlertSplit,
    e.LikenessesFound,
    e.LikenessJudged,
    e.SuppressedAlertsRaised,
)
"""What may name another incident."""

JOINING: tuple[type[e.Event], ...] = (
    e.IncidentMerged,
    e.IncidentAbsorbed,
    e.IncidentRelated,
    e.IncidentUnrelated,
)
"""What is told in the history of both."""


def mentioned(event: e.Event) -> frozenset[str]:
    """Their ids, and what it calls them; beside incidents also what else looked like it."""
    match event:
        case e.IncidentMerged(into_id=id, into=name):
            return _named(id, name)
        case (
            e.IncidentAbsorbed(other_id=id, other=name)
            | e.IncidentRelated(other_id=id, other=name)
            | e.IncidentUnrelated(other_id=id, other=name)
            | e.LikenessJudged(other_id=id, other=name)
        ):
            return _named(id, name)
        case e.AlertSplit(other=name):
            return _named(name)
        case e.LikenessesFound(others=names) | e.SuppressedAlertsRaised(incidents=names):
            return _named(*names)
        case _:
            return frozenset()


def without(event: e.Event, hidden: Collection[str]) -> e.Event:
    """The same for whoever may not know of the `hidden` ones."""
    if mentioned(event).isdisjoint(hidden):
        return event
    changes = _blanks(event, hidden)
    return replace(event, **changes)


def joined_with(event: e.Event) -> IncidentId | None:
    """The incident whose own history names the one whose line this is."""
    match event:
        case e.IncidentMerged(into_id=id):
            return id or None
        case (
            e.IncidentAbsorbed(other_id=id)
            | e.IncidentRelated(other_id=id)
            | e.IncidentUnrelated(other_id=id)
        ):
            return id or None
        case _:
            return None


def _named(*names: str) -> frozenset[str]:
    return frozenset(name for name in names if name)


def _blanks(event: e.Event, hidden: Collection[str]) -> dict[str, Any]:
    match event:
        case e.IncidentMerged():
            return {"into_id": "", "into": ""}
        case e.IncidentAbsorbed() | e.IncidentRelated() | e.IncidentUnrelated():
            return {"other_id": "", "other": ""}
        case e.LikenessJudged():
            return {"other_id": "", "other": ""}
        case e.AlertSplit():
            return {"other": ""}
        case e.LikenessesFound(others=names):
            return {"others": tuple(one for one in names if one not in hidden)}
        case e.SuppressedAlertsRaised(incidents=names):
            return {"incidents": tuple(one for one in names if one not in hidden)}
        case _:
            return {}
