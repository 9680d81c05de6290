"""Names for channels, within Slack's rules."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.naming import MAX_NAME, channel_names, names_of_left
from core.domain.actor import Surface
from core.domain.ids import IncidentId
from core.domain.incident import Incident
from core.domain.severity import Severity

THEN = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
CHECKOUT = Incident(
    id=IncidentId("inc_1"),
    number=7,
    title="Checkout errors",
    severity=Severity.HIGH,
    created_at=THEN,
    updated_at=THEN,
    source=Surface.SLACK,
)


def titled(title: str) -> Incident:
    return replace(CHECKOUT, title=title)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Checkout errors", "inc-20261120-checkout-errors"),
        ("Zahlungen für Ærø: größer!", "inc-20261120-zahlungen-fur-aero-grosser"),
        ("支払い", "inc-20261120-inc-7"),
        ("<!channel> & @here", "inc-20261120-channel-here"),
    ],
)
def test_a_title_becomes_a_name(title: str, name: str) -> None:
    assert next(channel_names(titled(title))) == name


@pytest.mark.parametrize(
    ("template", "name"),
    [
        ("{severity}-{number}-{title}", "sev2-7-checkout-errors"),
        ("ops_{number}", "ops_7"),
        ("Störung {title} am {date}", "storung-checkout-errors-am-20261120"),
        ("{title}", "checkout-errors"),
        ("{unknown}-{title}", "unknown-checkout-errors"),
        ("", "inc-20261120-checkout-errors"),
        ("---", "inc-20261120-checkout-errors"),
    ],
)
def test_an_organisation_has_a_pattern_of_its_own(template: str, name: str) -> None:
    assert next(channel_names(CHECKOUT, template)) == name


def test_the_day_is_that_of_the_organisation() -> None:
    berlin = ZoneInfo("Europe/Berlin")

    assert next(channel_names(CHECKOUT, zone=berlin)) == "inc-20261121-checkout-errors"


def test_a_collision_is_numbered() -> None:
    names = [*channel_names(titled("Checkout"))]

    assert names[1:3] == ["inc-20261120-checkout-2", "inc-20261120-checkout-3"]
    assert names[-1] == "inc-20261120-checkout-inc-7"


def test_a_pattern_without_a_title_is_told_apart_as_well() -> None:
    names = [*channel_names(CHECKOUT, "war-room")]

    assert names[:2] == ["war-room", "war-room-2"]
    assert names[-1] == "war-room-inc-7"


@given(title=st.text(), template=st.text() | st.just("{title}-{title}-{date}"))
def test_every_name_is_one_that_slack_takes(title: str, template: str) -> None:
    names = [*channel_names(titled(title), template)]

    assert all(re.fullmatch(r"[a-z0-9_-]{1,80}", name) for name in names)
    assert all(re.search(r"[a-z0-9]", name) for name in names)
    assert all(len(name) <= MAX_NAME for name in names)
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("template", "name"),
    [
        ("inc-{date}-{title}", "inc-20261120-private-7"),
        ("{title}", "private-7"),
        ("sev-{number}-{title}", "sev-7-private"),
        ("incident-{number}", "incident-7"),
    ],
)
def test_the_channel_of_a_private_incident_is_not_named_after_its_title(
    template: str, name: str
) -> None:
    secret = replace(CHECKOUT, private=True)

    names = [*channel_names(secret, template)]

    assert names[0] == name
    assert not any("checkout" in one for one in names)


def test_a_channel_that_was_left_tells_no_title() -> None:
    assert [*names_of_left(CHECKOUT)][:2] == ["inc-7-moved", "inc-7-moved-2"]
