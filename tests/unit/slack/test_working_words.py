"""What people type about roles, services and rests, understood or kindly refused."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.grammar import UsageError
from bot.slack.roles.changes import seals_of, wanted
from bot.slack.roles.known import is_a_role, role_named, role_typed
from bot.slack.roles.named import service_named
from bot.slack.roles.rests import LONGEST, until
from bot.slack.views.edit_modal import Details
from core.domain.ids import ServiceId
from core.domain.incident_role import IncidentRole, standard_roles
from core.domain.particulars import FieldEntry
from core.domain.service import Service
from core.errors import InvalidInput

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
BERLIN = "Europe/Berlin"
LIAISON = IncidentRole(
    id="rol_1", created_at=NOON, updated_at=NOON, name="Customer liaison", shortform=""
)
ROLES = [*standard_roles(NOON), LIAISON]


@pytest.mark.parametrize(
    ("typed", "until_when"),
    [
        ("30m", NOON + timedelta(minutes=30)),
        ("for 2 hours", NOON + timedelta(hours=2)),
        ("until 14:30", datetime(2026, 11, 20, 13, 30, tzinfo=UTC)),
        ("till 9am", datetime(2026, 11, 21, 8, 0, tzinfo=UTC)),
        ("2026-11-24 05:00", datetime(2026, 11, 24, 4, 0, tzinfo=UTC)),
        ("tomorrow", datetime(2026, 11, 21, 8, 0, tzinfo=UTC)),
        ("until tomorrow at 14:00", datetime(2026, 11, 21, 13, 0, tzinfo=UTC)),
    ],
)
def test_a_rest_is_understood_on_the_clock_of_whoever_types_it(
    typed: str, until_when: datetime
) -> None:
    assert until(typed, BERLIN, NOON) == until_when


@pytest.mark.parametrize(
    "typed", ["", "soon", "tomorrow soon", "25:00", "2026-11-19 09:00", "9d 9"]
)
def test_what_is_no_time_to_come_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(UsageError) as refused:
        until(typed, BERLIN, NOON)

    assert "snooze" in str(refused.value)


def test_a_rest_ends_within_a_month() -> None:
    with pytest.raises(UsageError):
        until("60d", BERLIN, NOON)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_time_to_come_or_a_refusal(typed: str) -> None:
    try:
        at = until(typed, BERLIN, NOON)
    except UsageError:
        return
    assert NOON < at <= NOON + LONGEST


@pytest.mark.parametrize(
    ("typed", "id"),
    [
        ("lead", "role_lead"),
        ("Incident Lead", "role_lead"),
        ("COMMS", "role_communications"),
        ("communications", "role_communications"),
        ("scr", "role_scribe"),
        ("customer  liaison", "rol_1"),
        ("cust", "rol_1"),
    ],
)
def test_a_role_is_known_by_its_name_its_short_form_or_how_they_begin(typed: str, id: str) -> None:
    assert role_named(typed, ROLES).id == id


def test_what_could_be_two_roles_is_asked_for() -> None:
    with pytest.raises(InvalidInput, match="could be several roles: comms, Customer liaison"):
        role_named("c", ROLES)


@pytest.mark.parametrize(
    ("typed", "role", "name"),
    [
        ("communications Bob Brook", "role_communications", "Bob Brook"),
        ("communications lead Bob", "role_communications", "Bob"),
        ("customer liaison Bob", "rol_1", "Bob"),
        ("scr Bob", "role_scribe", "Bob"),
    ],
)
def test_a_bare_name_after_a_role_is_a_person(typed: str, role: str, name: str) -> None:
    found, who = role_typed(typed, ROLES)

    assert (found.id, who.name) == (role, name)


def test_the_whole_name_of_a_role_is_nobody() -> None:
    assert is_a_role("Customer Liaison", ROLES)
    assert not is_a_role("customer liaison Bob", ROLES)


def services(*names: str) -> list[Service]:
    return [
        Service(id=ServiceId(f"svc_{n}"), name=name, created_at=NOON)
        for n, name in enumerate(names)
    ]


@pytest.mark.parametrize(
    ("typed", "name"),
    [("search", "search"), ("CHECKOUT api", "Checkout API"), ("check", "Checkout API")],
)
def test_a_service_is_known_by_its_name_or_how_it_begins(typed: str, name: str) -> None:
    known = services("search", "search-index", "Checkout API")

    assert service_named(typed, known).name == name


@pytest.mark.parametrize(
    ("typed", "known", "answer"),
    [
        ("se", ("search", "search-index"), "could be several services: search, search-index"),
        ("serch", ("search", "mail"), "did you mean “search”?"),
        ("queue", ("search", "mail"), "there are search, mail."),
        ("queue", (), "There are no services yet"),
    ],
)
def test_an_unknown_service_is_answered_with_what_there_is(
    typed: str, known: tuple[str, ...], answer: str
) -> None:
    with pytest.raises(InvalidInput, match=answer.replace("?", r"\?")):
        service_named(typed, services(*known))


SHOWN = Details(
    title="Slow",
    description="Since noon.",
    service_ids=("svc_2", "svc_1"),
    links=(),
    call_url="",
    entries={"fld_1": ("opt_1",), "fld_2": ()},
)


def changed(**changes: Any) -> Details:
    parts = {name: getattr(SHOWN, name) for name in Details.__dataclass_fields__}
    return Details(**{**parts, **changes})


def test_a_form_that_was_sent_as_it_was_shown_changes_nothing() -> None:
    same = changed(service_ids=("svc_1", "svc_2"))

    assert wanted(same, SHOWN, seals_of(SHOWN)) == {}


def test_only_what_was_changed_in_the_form_is_wished_for() -> None:
    theirs = changed(description="Theirs.")

    wish = wanted(changed(title="Down"), theirs, seals_of(SHOWN))

    assert wish == {"title": "Down"}


def test_fields_that_the_form_does_not_show_stay() -> None:
    now = changed(entries={"fld_1": ("opt_1",), "fld_2": (), "fld_9": ("kept",)})

    wish = wanted(changed(entries={"fld_1": ("opt_2",), "fld_2": ()}), now, seals_of(SHOWN))

    assert wish == {
        "fields": (
            FieldEntry(field_id="fld_1", values=("opt_2",)),
            FieldEntry(field_id="fld_9", values=("kept",)),
        )
    }


def test_what_both_changed_is_refused_at_its_place() -> None:
    theirs = changed(title="Theirs", entries={"fld_1": ("opt_3",), "fld_2": ()})
    mine = changed(title="Mine", entries={"fld_1": ("opt_2",), "fld_2": ()})

    with pytest.raises(InvalidInput) as refused:
        wanted(mine, theirs, seals_of(SHOWN))

    assert [place for place, _ in refused.value.flaws] == ["title", "field.fld_1"]


def test_what_both_changed_alike_is_no_quarrel() -> None:
    both = changed(title="Same")

    assert wanted(both, both, seals_of(SHOWN)) == {"title": "Same"}
