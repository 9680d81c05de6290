"""What became of an alert, in words."""

from dataclasses import replace
from typing import Any

import pytest

from bot.languages import catalogue_of
from core.domain.alert import Episode, Fate, Fingerprint
from core.domain.fates import apart, ended_because, fate_of
from core.domain.ids import EpisodeId, IncidentId, IntegrationId, MaintenanceId
from core.domain.severity import Severity
from core.domain.stored_words import said_again
from core.language import speaking
from tests.unit.core.alerts import minute

EPISODE = Episode(
    id=EpisodeId("alr_1"),
    integration_id=IntegrationId("int_1"),
    fingerprint=Fingerprint("a"),
    starts_at=minute(0),
    name="Slow",
    severity=Severity.HIGH,
    summary="",
    labels={},
    links={},
)


@pytest.mark.parametrize(
    ("fate", "changes", "told"),
    [
        (Fate.DECLARED, {}, "INC-42 was declared for it"),
        (Fate.GROUPED, {}, "grouped into INC-42"),
        (Fate.ATTACHED, {"fate_note": "by Alice Archer"}, "put into INC-42 by Alice Archer"),
        (Fate.STORM, {}, "part of the storm INC-42"),
        (Fate.SPLIT, {"fate_note": "by Alice Archer"}, "split off into INC-42 by Alice Archer"),
        (
            Fate.NOTIFIED,
            {"fate_note": "by the rule “Disks”"},
            "told to a channel only, by the rule “Disks”",
        ),
        (
            Fate.DROPPED,
            {"fate_note": "by the rule “Test alerts”: only tests"},
            "dropped by the rule “Test alerts”: only tests",
        ),
        (
            Fate.DISMISSED,
            {"fate_note": "as Alice Archer said"},
            "no incident, as Alice Archer said",
        ),
        (Fate.HELD, {"due_at": minute(5)}, "held until 2030-01-01 12:05 UTC"),
        (Fate.PASSED, {}, "over before the end of its hold"),
        (Fate.SUPPRESSED, {}, "suppressed by MNT-3"),
        (
            Fate.SILENCED,
            {"fate_note": "by Alice Archer until 2030-01-01 14:00 UTC (known)"},
            "silenced by Alice Archer until 2030-01-01 14:00 UTC (known)",
        ),
        (
            Fate.INHIBITED,
            {"fate_note": "INC-7, on which checkout depends"},
            "inhibited by INC-7, on which checkout depends",
        ),
        (Fate.RECORDED, {}, "over before anybody could be called"),
    ],
)
def test_every_fate_can_be_read(fate: Fate, changes: dict[str, Any], told: str) -> None:
    episode = replace(EPISODE, fate=fate, **changes)

    assert fate_of(episode, "INC-42", "MNT-3") == told


def test_what_is_gone_meanwhile_is_not_named() -> None:
    assert fate_of(replace(EPISODE, fate=Fate.GROUPED), None, None) == (
        "grouped into an incident that was deleted"
    )
    assert (
        fate_of(replace(EPISODE, fate=Fate.SUPPRESSED), None, None) == "suppressed by maintenance"
    )


def test_what_ends_in_its_hold_has_passed() -> None:
    held = replace(EPISODE, fate=Fate.HELD, due_at=minute(5))

    ended = held.ended(minute(2))

    assert (ended.fate, ended.due_at, ended.ends_at) == (Fate.PASSED, None, minute(2))


@pytest.mark.parametrize(
    ("fate", "note", "told"),
    [
        (Fate.GROUPED, "", "grouped into INC-42; it ended because its source was deleted"),
        (
            Fate.ATTACHED,
            "by Alice Archer",
            "put into INC-42 by Alice Archer; it ended because its source was deleted",
        ),
        (
            Fate.HELD,
            "",
            "over before the end of its hold; it ended because its source was deleted",
        ),
        (
            Fate.SILENCED,
            "until later (it ended because of me; it ended because of them)",
            "silenced until later (it ended because of me; it ended because of them); "
            "it ended because its source was deleted",
        ),
    ],
)
def test_what_was_ended_here_says_why(fate: Fate, note: str, told: str) -> None:
    episode = replace(EPISODE, fate=fate, fate_note=note)

    ended = ended_because(episode, minute(2), "its source was deleted")

    assert ended.ends_at == minute(2)
    assert fate_of(ended, "INC-42", "MNT-3") == told


def test_one_reason_to_be_quiet_takes_the_place_of_another() -> None:
    silenced = replace(EPISODE, kept_by="sil_1", fate=Fate.SILENCED, fate_note="until later")

    suppressed = silenced.suppressed_in(MaintenanceId("mnt_1"))
    inhibited = suppressed.quieted(Fate.INHIBITED, "inc_1", "INC-1")
    joined = inhibited.joined(IncidentId("inc_2"))

    assert (suppressed.kept_by, suppressed.fate_note) == (None, "")
    assert (inhibited.suppressed_by, inhibited.kept_by) == (None, "inc_1")
    assert (joined.fate, joined.fate_note) == (Fate.GROUPED, "")


def test_what_keeps_it_quiet_stands_by_itself_in_german_too() -> None:
    quiet = replace(EPISODE, fate=Fate.INHIBITED, fate_note="INC-1", kept_by=IncidentId("inc_1"))
    unnamed = apart(quiet, {"inc_1"})

    with speaking(catalogue_of("de")):
        told, note = fate_of(unnamed, None, None), said_again(unnamed.fate_note)

    assert note == "ein Vorfall, von dem der zugehörige Dienst abhängt"
    assert told == f"unterdrückt, Grund: {note}"
