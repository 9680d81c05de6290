"""What is passed over at a glance is what triage would ignore of what fires, and nothing else."""

from dataclasses import replace
from itertools import product

import pytest

from core.domain.alert import Alert, Dating, Episode
from core.domain.ids import EpisodeId, IntegrationId
from core.domain.repeats import Glimpse, may_repeat, repeats
from core.domain.severity import Severity
from core.domain.triage import Ignore, triage
from tests.unit.core.alerts import ended, firing, minute

SAID = [
    replace(firing(since=since, severity=severity), severity_word=word)
    for since, severity, word in product((5, 10, 30), Severity, ("", "warning"))
]
KNOWN = [
    Episode(
        id=EpisodeId("alr_1"),
        integration_id=IntegrationId("int_1"),
        fingerprint=firing().fingerprint,
        starts_at=minute(10),
        ends_at=ends_at,
        name="a",
        severity=severity,
        summary="",
        labels={},
        links={},
    )
    for ends_at, severity in product((None, minute(20)), Severity)
]
FIRES = [episode for episode in KNOWN if episode.firing]
OVER = [episode for episode in KNOWN if not episode.firing]


@pytest.mark.parametrize("known", [None, *FIRES])
def test_a_glimpse_says_of_a_firing_what_the_whole_episode_says(known: Episode | None) -> None:
    seen = Glimpse(known.starts_at, known.severity, known.firing) if known else None

    passed_over = [alert for alert in SAID if repeats(alert, seen)]

    ignored = [alert for alert in SAID if isinstance(triage(alert, known, minute(40)), Ignore)]
    assert passed_over == (ignored if known is None or known.firing else [])


@pytest.mark.parametrize("known", OVER)
def test_of_what_is_over_a_glimpse_says_nothing(known: Episode) -> None:
    seen = Glimpse(known.starts_at, known.severity, known.firing)

    passed_over = [alert for alert in SAID if repeats(alert, seen)]

    assert passed_over == []


@pytest.mark.parametrize(
    ("alert", "may"),
    [
        (firing(), True),
        (ended(), False),
        (replace(firing(), dating=Dating.MOMENT), False),
        (replace(firing(), dating=Dating.NONE), False),
    ],
)
def test_only_a_firing_that_says_its_start_may_repeat_something(alert: Alert, may: bool) -> None:
    assert may_repeat(alert) is may
