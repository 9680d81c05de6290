"""An organisation's own severities, statuses, roles and custom fields, and those it comes with."""

from dataclasses import replace
from typing import Any

import pytest

from bot.languages import catalogue_of
from core.bus import CommandBus
from core.commands import (
    AddCustomField,
    AddFieldOption,
    AddIncidentRole,
    AddSeverityOption,
    AddStatusOption,
    DeleteCustomField,
    DeleteSeverityOption,
    EditIncidentRole,
    EditSeverityOption,
    EditStatusOption,
)
from core.domain.actor import Caller
from core.domain.custom_field import CustomField, FieldOption, FieldType, checked_values
from core.domain.incident_role import standard_roles
from core.domain.severity import Severity
from core.domain.severity_option import standard_severities
from core.domain.state import Phase, State
from core.domain.status_option import StatusCategory, StatusOption, standard_statuses
from core.errors import InvalidInput, NotFound, NotPermitted
from core.language import speaking
from core.ports.records import RecordQuery
from tests.fakes.moment import FakeClock
from tests.fakes.store import FakeStore


async def test_a_severity_stands_for_the_level_of_its_rank(bus: CommandBus, alice: Caller) -> None:
    levels = [
        (await bus.execute(AddSeverityOption(caller=alice, name=f"Rank {rank}", rank=rank))).level
        for rank in (-3, 1, 2, 3, 4, 9)
    ]

    assert levels == [
        Severity.LOW,
        Severity.LOW,
        Severity.MEDIUM,
        Severity.HIGH,
        Severity.CRITICAL,
        Severity.CRITICAL,
    ]


async def test_a_severity_without_a_rank_is_the_least(bus: CommandBus, alice: Caller) -> None:
    option = await bus.execute(AddSeverityOption(caller=alice, name="Cosmetic"))

    assert option.rank == 1


@pytest.mark.parametrize("name", ["Major", "major", "Sev Zero"])
async def test_no_two_severities_have_one_name(bus: CommandBus, alice: Caller, name: str) -> None:
    await bus.execute(AddSeverityOption(caller=alice, name="sev zero"))

    with pytest.raises(InvalidInput, match="already") as refused:
        await bus.execute(AddSeverityOption(caller=alice, name=name))

    assert refused.value.field == "name"


async def test_what_is_left_out_of_an_edit_stays(bus: CommandBus, alice: Caller) -> None:
    made = await bus.execute(
        AddSeverityOption(caller=alice, name="Sev zero", description="All is lost.", rank=7)
    )

    edited = await bus.execute(
        EditSeverityOption(caller=alice, severity_id=made.id, name="Sev nought")
    )

    assert (edited.name, edited.description, edited.rank) == ("Sev nought", "All is lost.", 7)


async def test_a_severity_that_comes_with_the_organisation_stays(
    bus: CommandBus, alice: Caller, clock: FakeClock
) -> None:
    for severity in standard_severities(clock()):
        with pytest.raises(InvalidInput, match="comes with every organisation"):
            await bus.execute(DeleteSeverityOption(caller=alice, severity_id=severity.id))


async def test_a_deleted_severity_is_not_there(
    bus: CommandBus, alice: Caller, store: FakeStore
) -> None:
    made = await bus.execute(AddSeverityOption(caller=alice, name="Sev zero"))

    await bus.execute(DeleteSeverityOption(caller=alice, severity_id=made.id))

    with pytest.raises(NotFound):
        await bus.execute(DeleteSeverityOption(caller=alice, severity_id=made.id))


async def test_an_engineer_names_nothing(bus: CommandBus, bob: Caller) -> None:
    with pytest.raises(NotPermitted):
        await bus.execute(AddSeverityOption(caller=bob, name="Sev zero"))


async def test_under_one_key_one_severity_is_added(bus: CommandBus, alice: Caller) -> None:
    wish = AddSeverityOption(caller=alice, key="once", name="Sev zero")

    assert await bus.execute(wish) == await bus.execute(wish)


async def test_a_status_without_a_rank_is_the_last_of_its_category(
    bus: CommandBus, alice: Caller
) -> None:
    first = await bus.execute(AddStatusOption(caller=alice, name="Firefighting", category="live"))
    second = await bus.execute(AddStatusOption(caller=alice, name="Watching", category="live"))

    assert (first.rank, second.rank) == (4, 5)


@pytest.mark.parametrize("category", ["triage", "paused", "canceled", "banana"])
async def test_statuses_are_added_to_three_categories_only(
    bus: CommandBus, alice: Caller, category: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        await bus.execute(AddStatusOption(caller=alice, name="Odd", category=category))

    assert refused.value.field == "category"


async def test_a_status_can_be_renamed_but_not_to_one_that_is_there(
    bus: CommandBus, alice: Caller
) -> None:
    made = await bus.execute(AddStatusOption(caller=alice, name="Reviewing", category="learning"))

    renamed = await bus.execute(EditStatusOption(caller=alice, status_id=made.id, name="Learning"))

    assert renamed.name == "Learning"
    with pytest.raises(InvalidInput):
        await bus.execute(EditStatusOption(caller=alice, status_id=made.id, name="CLOSED"))


@pytest.mark.parametrize(
    ("name", "phase"),
    [
        ("Firefighting", Phase.INVESTIGATING),
        ("Fix in progress", Phase.IDENTIFIED),
        ("Mitigating", Phase.IDENTIFIED),
        ("Monitoring a fix", Phase.MONITORING),
    ],
)
def test_the_name_of_a_live_status_says_its_phase(
    name: str, phase: Phase, clock: FakeClock
) -> None:
    status = _status(name, StatusCategory.LIVE, clock)

    assert status.phase is phase
    assert status.fits(State.ACKNOWLEDGED, phase)
    assert not status.fits(State.RESOLVED, phase)


def test_only_live_statuses_have_a_phase(clock: FakeClock) -> None:
    status = _status("Monitoring costs", StatusCategory.LEARNING, clock)

    assert status.phase is None
    assert all(status.fits(State.RESOLVED, phase) for phase in Phase)


def test_every_state_and_phase_has_a_status_of_its_own(clock: FakeClock) -> None:
    statuses = standard_statuses(clock())

    assert all(
        any(status.fits(state, phase) for status in statuses) for state in State for phase in Phase
    )


async def test_a_role_is_added_and_edited(bus: CommandBus, alice: Caller, clock: FakeClock) -> None:
    made = await bus.execute(
        AddIncidentRole(caller=alice, name="Liaison", shortform="liaison", description="Calls.")
    )

    edited = await bus.execute(
        EditIncidentRole(caller=alice, role_id=made.id, instructions="Call the customer.")
    )

    assert edited == replace(made, instructions="Call the customer.", version=edited.version)
    lead = next(role for role in standard_roles(clock()) if role.leads)
    with pytest.raises(InvalidInput):
        await bus.execute(EditIncidentRole(caller=alice, role_id=lead.id, name="Boss"))


@pytest.mark.parametrize(
    ("wish", "fields"),
    [
        ({"name": "Recorder", "shortform": "LEAD"}, ["shortform"]),
        ({"name": "comms"}, ["name"]),
        ({"name": "Recorder", "shortform": "Incident lead"}, ["shortform"]),
        ({"name": "Helper", "shortform": "liaison"}, ["shortform"]),
        ({"name": "lead", "shortform": "scribe"}, ["name", "shortform"]),
    ],
)
async def test_a_role_is_called_by_no_word_that_means_another(
    bus: CommandBus, alice: Caller, wish: dict[str, Any], fields: list[str]
) -> None:
    await bus.execute(AddIncidentRole(caller=alice, name="Runner", shortform="liaison"))

    with pytest.raises(InvalidInput) as refused:
        await bus.execute(AddIncidentRole(caller=alice, **wish))

    assert [field for field, _ in refused.value.flaws] == fields


async def test_a_role_is_not_called_like_another_in_the_language_of_the_organisation(
    bus: CommandBus, alice: Caller
) -> None:
    with speaking(catalogue_of("de")), pytest.raises(InvalidInput) as refused:
        await bus.execute(AddIncidentRole(caller=alice, name="Protokoll"))

    assert [field for field, _ in refused.value.flaws] == ["name"]


async def test_a_role_that_is_called_so_from_before_can_be_edited(
    bus: CommandBus, alice: Caller
) -> None:
    made = await bus.execute(AddIncidentRole(caller=alice, name="Runner", shortform="runner"))

    edited = await bus.execute(
        EditIncidentRole(caller=alice, role_id=made.id, name="RUNNER", shortform="runner")
    )

    assert edited.name == "RUNNER"
    with pytest.raises(InvalidInput):
        await bus.execute(EditIncidentRole(caller=alice, role_id=made.id, shortform="scribe"))


async def test_a_field_takes_its_options_along_when_it_goes(
    bus: CommandBus, alice: Caller, store: FakeStore
) -> None:
    field = await bus.execute(AddCustomField(caller=alice, name="Team", type="single_select"))
    await bus.execute(AddFieldOption(caller=alice, field_id=field.id, value="Payments"))

    await bus.execute(DeleteCustomField(caller=alice, field_id=field.id))

    page = await store.reads.records(alice.organization_id, FieldOption, RecordQuery())
    assert page.rows == ()


async def test_two_fields_may_have_the_same_option_and_one_may_not(
    bus: CommandBus, alice: Caller
) -> None:
    fields = [
        await bus.execute(AddCustomField(caller=alice, name=name, type="multi_select"))
        for name in ("Team", "Also affected")
    ]
    for field in fields:
        await bus.execute(AddFieldOption(caller=alice, field_id=field.id, value="Payments"))

    with pytest.raises(InvalidInput) as refused:
        await bus.execute(AddFieldOption(caller=alice, field_id=fields[0].id, value="payments"))

    assert refused.value.field == "value"


async def test_only_selections_have_options(bus: CommandBus, alice: Caller) -> None:
    field = await bus.execute(AddCustomField(caller=alice, name="Notes", type="text"))

    for id in (field.id, "fld_none"):
        with pytest.raises(InvalidInput) as refused:
            await bus.execute(AddFieldOption(caller=alice, field_id=id, value="Payments"))
        assert refused.value.field == "custom_field_id"


@pytest.mark.parametrize(
    ("type", "values", "kept"),
    [
        (FieldType.TEXT, ["  hello "], ("hello",)),
        (FieldType.TEXT, [""], ()),
        (FieldType.NUMERIC, ["-0.5"], ("-0.5",)),
        (FieldType.LINK, ["https://example.com/a"], ("https://example.com/a",)),
        (FieldType.MULTI_SELECT, ["opt_1", "opt_2", "opt_1"], ("opt_1", "opt_2")),
        (FieldType.SINGLE_SELECT, [], ()),
    ],
)
def test_values_are_kept_as_their_field_has_them(
    type: FieldType, values: list[str], kept: tuple[str, ...], clock: FakeClock
) -> None:
    assert checked_values(_field(type, clock), values, _options(clock), field="values") == kept


@pytest.mark.parametrize(
    ("type", "values"),
    [
        (FieldType.TEXT, ["a", "b"]),
        (FieldType.NUMERIC, ["many"]),
        (FieldType.NUMERIC, ["NaN"]),
        (FieldType.LINK, ["javascript:alert(1)"]),
        (FieldType.SINGLE_SELECT, ["opt_1", "opt_2"]),
        (FieldType.MULTI_SELECT, ["opt_9"]),
    ],
)
def test_values_that_a_field_cannot_have_are_refused(
    type: FieldType, values: list[str], clock: FakeClock
) -> None:
    with pytest.raises(InvalidInput) as refused:
        checked_values(_field(type, clock), values, _options(clock), field="values")

    assert refused.value.field == "values"


def _status(name: str, category: StatusCategory, clock: FakeClock) -> StatusOption:
    return StatusOption(
        id="sta_1", created_at=clock(), updated_at=clock(), name=name, category=category
    )


def _field(type: FieldType, clock: FakeClock) -> CustomField:
    return CustomField(id="fld_1", created_at=clock(), updated_at=clock(), name="Field", type=type)


def _options(clock: FakeClock) -> list[FieldOption]:
    return [
        FieldOption(
            id=f"opt_{n}", created_at=clock(), updated_at=clock(), field_id="fld_1", value=f"{n}"
        )
        for n in (1, 2)
    ]
