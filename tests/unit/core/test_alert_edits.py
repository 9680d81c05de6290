"""What is said of a known alert changes it, and never what it was when it began."""

from dataclasses import replace
from datetime import timedelta

from core.domain.alert import Alert, AlertEdit, AlertStatus, Dating, Episode
from core.domain.alert_edits import MAX_TAGS, amended
from core.domain.ids import EpisodeId, IntegrationId
from core.domain.severity import Severity
from tests.fakes.moment import NOON
from tests.unit.core.alerts import firing

MINUTE = timedelta(minutes=1)


def _said(status: AlertStatus = AlertStatus.EDITED, edit: AlertEdit | None = None) -> Alert:
    told = replace(firing("a", 1, group="a"), status=status, dating=Dating.NONE, edit=edit)
    return replace(told, starts_at=NOON + MINUTE, by="bob")


def _known(**changes: object) -> Episode:
    episode = Episode(
        id=EpisodeId("alr_1"),
        integration_id=IntegrationId("int_1"),
        fingerprint=_said().fingerprint,
        starts_at=NOON,
        name="DB",
        severity=Severity.LOW,
        summary="DB down",
        labels={"region": "eu"},
        links={},
        tags=("prod",),
    )
    return replace(episode, **changes)  # type: ignore[arg-type]


def test_what_is_said_again_is_counted() -> None:
    once = amended(_known(), _said(AlertStatus.FIRING))
    twice = amended(once, _said(AlertStatus.FIRING))

    assert (twice.count, twice.last_at) == (3, NOON + MINUTE)


def test_an_acknowledgement_is_kept_with_who_gave_it_and_wakes_it() -> None:
    taken = amended(_known(snoozed_until=NOON + MINUTE), _said(AlertStatus.ACKNOWLEDGED))

    assert (taken.acknowledged_at, taken.acknowledged_by) == (NOON + MINUTE, "bob")
    assert taken.snoozed_until is None


def test_an_acknowledgement_may_be_taken_back() -> None:
    taken = _known(acknowledged_at=NOON, acknowledged_by="bob")

    back = amended(taken, _said(edit=AlertEdit(acknowledged=False)))

    assert (back.acknowledged_at, back.acknowledged_by) == (None, "")


def test_only_what_an_edit_names_changes() -> None:
    edit = AlertEdit(message="DB is down", tags_added=("eu", "prod"), details_removed=("region",))

    edited = amended(_known(), _said(edit=edit))

    assert edited == replace(
        _known(), summary="DB is down", name="DB is down", tags=("prod", "eu"), labels={}
    )


def test_what_has_ended_is_neither_snoozed_nor_given_back() -> None:
    over = _known(ends_at=NOON, acknowledged_at=NOON)

    asleep = amended(over, _said(edit=AlertEdit(snoozed_until=NOON + MINUTE)))
    back = amended(over, _said(edit=AlertEdit(acknowledged=False)))

    assert asleep == back == over


def test_it_has_only_so_many_tags() -> None:
    many = tuple(f"tag {number}" for number in range(2 * MAX_TAGS))

    edited = amended(_known(), _said(edit=AlertEdit(tags_added=many)))

    assert len(edited.tags) == MAX_TAGS
