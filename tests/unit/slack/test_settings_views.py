"""The pages of the settings: valid and harmless whatever they show, and nobody's change is lost."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.slack import blocks as b
from bot.slack.settings import fields, parts
from bot.slack.settings.desk import PAGES
from bot.slack.settings.meanwhile import changed_here, seals_of
from bot.slack.settings.plain import PLAIN
from bot.slack.settings.sight import Sight
from core.domain.custom_field import CustomField, FieldType
from core.domain.ids import ServiceId, UserId
from core.domain.incident_role import LEAD, IncidentRole, standard_roles
from core.domain.incident_settings import (
    Broadcast,
    FormField,
    IncidentSettings,
    RoleInstructions,
    ServiceInvitees,
    SeveritySettings,
    usual_settings,
)
from core.domain.service import Service
from core.domain.severity import Severity
from core.errors import InvalidInput
from sandbox.model.view_state import initial_values
from sandbox.validation.views import view_problems
from tests.unit.slack.cards import THEN
from tests.unit.slack.hostile import CORPUS, active, texts_that_link

ALLOWED = frozenset({"<@U0ALICE>", "<#C0ROOM000>"})
ADDRESSES = (
    *(name for name in PAGES if name not in (*parts.PARENTS, parts.MENU)),
    parts.MENU,
    f"{parts.SEVERITY}:high",
    f"{parts.SERVICE}:svc_1",
    f"{parts.ROLE}:{LEAD}",
    f"{parts.ROLE}:rol_1",
    f"{parts.ROLE}:{parts.NEW}",
    f"{parts.FIELD}:{parts.NEW}",
)


def the_settings(text: str = "Disks") -> IncidentSettings:
    alice, bob = UserId("usr_alice"), UserId("usr_bob")
    return replace(
        usual_settings(THEN),
        version=3,
        announcement_channel="C0ROOM000",
        digest_channel=text[:80],
        channel_name=text[:80],
        reaction=text[:100],
        timezone=text[:75],
        severities=(
            SeveritySettings(
                severity=Severity.HIGH,
                meaning=text[:75],
                update_minutes=17,
                broadcast=Broadcast.HERE,
                invitees=(alice, bob),
            ),
        ),
        service_invitees=tuple(
            ServiceInvitees(service_id=ServiceId(f"svc_{n}"), user_ids=(alice, bob))
            for n in range(60)
        ),
        form_fields=tuple(FormField(field_id=f"fld_{n}", required=n % 2 == 0) for n in range(10)),
        role_instructions=(RoleInstructions(role_id=LEAD, instructions=text),),
    )


def the_sight(text: str = "Disks", **changes: Any) -> Sight:
    own = IncidentRole(
        id="rol_1",
        created_at=THEN,
        updated_at=THEN,
        name=text[:100],
        shortform=text[:50],
        description=text,
        instructions=text,
    )
    sight = Sight(
        settings=the_settings(text),
        announcement="#incidents",
        services=[
            Service(id=ServiceId(f"svc_{n}"), name=text[:200], created_at=THEN) for n in range(60)
        ],
        members={UserId("usr_alice"): "U0ALICE"},
        roles=(*standard_roles(THEN), own),
        fields=[
            CustomField(
                id=f"fld_{n}", created_at=THEN, updated_at=THEN, name=text[:50], type=FieldType.LINK
            )
            for n in range(30)
        ],
        notice=text,
    )
    return replace(sight, **changes)


def the_page(sight: Sight, address: str) -> b.View:
    name, _, about = address.partition(":")
    return PAGES[name](sight, about)


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("text", CORPUS[::3])
def test_pages_are_valid_and_harmless_whatever_they_show(text: str, address: str) -> None:
    view = the_page(the_sight(text), address)

    assert list(view_problems(view, "modal")) == []
    assert active(view["blocks"], ALLOWED) == []
    assert texts_that_link(view["blocks"]) == []


@pytest.mark.parametrize("asked", [0, 50, 100])
def test_more_roles_and_fields_than_slack_shows_are_counted(asked: int) -> None:
    sight = the_sight()
    fields = [replace(sight.fields[0], id=f"fld_{n}") for n in range(100)]
    form_fields = tuple(FormField(field_id=f"fld_{n}") for n in range(asked))
    many = replace(
        sight,
        settings=replace(sight.settings, form_fields=form_fields),
        roles=[replace(sight.roles[-1], id=f"rol_{n}") for n in range(102)],
        fields=fields,
    )

    views = [the_page(many, parts.ROLES), the_page(many, parts.FIELDS)]

    assert [list(view_problems(view, "modal")) for view in views] == [[], []]
    assert "22 more do not fit here" in str(views[0])
    assert "20 more do not fit here" in str(views[1])


@pytest.mark.parametrize("name", list(PLAIN))
def test_a_form_that_nobody_touched_changes_nothing(name: str) -> None:
    sight = the_sight(settings=replace(the_settings(), timezone="Europe/Berlin"))
    plain = PLAIN[name]
    view = plain.view(sight)

    read = plain.read(initial_values(view["blocks"]), sight.settings)

    assert read == plain.kept(sight.settings)


def test_an_older_form_of_an_unnamed_channel_can_be_emptied() -> None:
    sight = the_sight()
    plain = PLAIN[parts.CHANNELS]
    values = initial_values(plain.view(sight)["blocks"])
    emptied = {**values, "settings.announcement_channel": {}}

    assert plain.read(emptied, sight.settings)["announcement_channel"] == ""


def test_what_only_one_changed_is_changed() -> None:
    shown = seals_of({"lead_minutes": 10, "stale_hours": 24})

    changed = changed_here(
        {"lead_minutes": 5, "stale_hours": 24}, {"lead_minutes": 10, "stale_hours": 7}, shown, {}
    )

    assert changed == {"lead_minutes": 5}


def test_what_both_changed_to_the_same_is_no_quarrel() -> None:
    shown = seals_of({"lead_minutes": 10})

    assert changed_here({"lead_minutes": 5}, {"lead_minutes": 5}, shown, {}) == {"lead_minutes": 5}


@pytest.mark.parametrize(
    ("spoken", "words"), [({"lead_minutes": str}, "to 7."), ({}, "Open the form again")]
)
def test_what_both_changed_differently_is_told_at_its_field(
    spoken: dict[str, Callable[[Any], str]], words: str
) -> None:
    shown = seals_of({"lead_minutes": 10})

    with pytest.raises(InvalidInput, match=words) as refused:
        changed_here({"lead_minutes": 5}, {"lead_minutes": 7}, shown, spoken)

    assert refused.value.field == "lead_minutes"


ONE, TWO, THREE = (FormField(field_id=name) for name in ("one", "two", "three"))


@pytest.mark.parametrize(
    ("what", "id", "after"),
    [
        (fields.UP, "two", (TWO, ONE, THREE)),
        (fields.UP, "one", (ONE, TWO, THREE)),
        (fields.DOWN, "two", (ONE, THREE, TWO)),
        (fields.DOWN, "three", (ONE, TWO, THREE)),
        (fields.LEAVE, "two", (ONE, THREE)),
        (fields.REQUIRE, "two", (ONE, replace(TWO, required=True), THREE)),
        (fields.ASK, "four", (ONE, TWO, THREE, FormField(field_id="four"))),
        (fields.ASK, "two", (ONE, TWO, THREE)),
        (fields.LEAVE, "four", (ONE, TWO, THREE)),
    ],
)
def test_fields_are_put_in_order(what: str, id: str, after: tuple[FormField, ...]) -> None:
    assert fields.done((ONE, TWO, THREE), what, id) == after


def test_what_is_required_can_be_made_optional_again() -> None:
    required = replace(ONE, required=True)

    assert fields.done((required, TWO), fields.OPTIONAL, "one") == (ONE, TWO)


def test_people_who_cannot_be_shown_are_told_of() -> None:
    for address in (f"{parts.SEVERITY}:high", f"{parts.SERVICE}:svc_1"):
        shown = str(the_page(the_sight(), address))

        assert "1 person who has not used Tocsin in Slack yet is invited too, and stays." in shown
