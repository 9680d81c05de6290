"""What an organisation decides about its incidents, and what it is kept from deciding."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.bus import CommandBus
from core.commands import AddCustomField, AddService, DeleteCustomField
from core.commands.settings import AddFormField, EditIncidentSettings, SeverityChange
from core.domain.account import Role
from core.domain.actor import Caller
from core.domain.custom_field import CustomField
from core.domain.ids import ServiceId, UserId
from core.domain.incident_role import LEAD, standard_roles
from core.domain.incident_settings import (
    Broadcast,
    FormField,
    IncidentSettings,
    RoleInstructions,
    ServiceInvitees,
    SeveritySettings,
)
from core.domain.severity import Severity
from core.errors import Conflict, InvalidInput, NotPermitted
from core.ports import RecordQuery
from tests.fakes.moment import FakeClock
from tests.fakes.people import a_caller, hire
from tests.fakes.store import FakeStore


async def test_what_is_decided_holds_and_the_rest_stays_as_usual(
    bus: CommandBus, alice: Caller
) -> None:
    settings = await bus.execute(
        EditIncidentSettings(caller=alice, channel_name="{severity}-{number}-{title}")
    )

    assert settings.channel_name == "{severity}-{number}-{title}"
    assert settings.lead_minutes == 10
    assert settings.version == 1


async def test_a_second_change_keeps_the_first(bus: CommandBus, alice: Caller) -> None:
    await bus.execute(EditIncidentSettings(caller=alice, reaction=":Eyes::skin-tone-3:"))

    settings = await bus.execute(EditIncidentSettings(caller=alice, archive_days=0))

    assert (settings.reaction, settings.archive_days, settings.version) == ("eyes", 0, 2)


async def test_saying_what_holds_already_changes_nothing(bus: CommandBus, alice: Caller) -> None:
    settings = await bus.execute(EditIncidentSettings(caller=alice, language="en"))

    assert settings.version == 0


async def test_the_same_key_twice_is_one_change(bus: CommandBus, alice: Caller) -> None:
    wish = EditIncidentSettings(caller=alice, key="once", stale_hours=5)

    first, second = await bus.execute(wish), await bus.execute(wish)

    assert first == second


async def test_the_same_key_twice_where_nothing_changes_answers_what_holds(
    bus: CommandBus, alice: Caller
) -> None:
    wish = EditIncidentSettings(caller=alice, key="once", language="en")

    await bus.execute(wish)
    second = await bus.execute(wish)

    assert (second.language, second.version) == ("en", 0)


async def test_two_who_read_the_same_settings_do_not_both_change_them(
    bus: CommandBus, alice: Caller
) -> None:
    await bus.execute(EditIncidentSettings(caller=alice, expected_version=0, lead_minutes=5))

    with pytest.raises(Conflict, match="Somebody else changed the settings"):
        await bus.execute(EditIncidentSettings(caller=alice, expected_version=0, lead_minutes=7))


@pytest.mark.parametrize("role", [Role.VIEWER, Role.ENGINEER, Role.MANAGER])
async def test_only_admins_decide(bus: CommandBus, alice: Caller, role: Role) -> None:
    somebody = a_caller(alice.organization_id, role)

    with pytest.raises(NotPermitted, match="ask an admin"):
        await bus.execute(EditIncidentSettings(caller=somebody, reaction="eyes"))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("#Incidents", "incidents"),
        (" störungen ", "störungen"),
        ("C0123456789", "C0123456789"),
        ("", ""),
    ],
)
async def test_a_channel_is_a_name_or_an_id(
    bus: CommandBus, alice: Caller, given: str, kept: str
) -> None:
    settings = await bus.execute(EditIncidentSettings(caller=alice, announcement_channel=given))

    assert settings.announcement_channel == kept


@pytest.mark.parametrize(
    ("wish", "field", "words"),
    [
        ({"announcement_channel": "the big room"}, "announcement_channel", "not a channel"),
        ({"digest_channel": "a,b"}, "digest_channel", "not a channel"),
        ({"channel_name": ""}, "channel_name", "1 to 80"),
        ({"channel_name": "inc-{date}"}, "channel_name", "told apart"),
        ({"channel_name": "inc-{service}-{title}"}, "channel_name", "{service} means nothing"),
        ({"channel_name": "inc-{title"}, "channel_name", "Braces stand around"),
        ({"channel_name": "inc-{title}}"}, "channel_name", "Braces stand around"),
        ({"channel_name": "inc-{}-{title}"}, "channel_name", "Braces stand around"),
        ({"channel_name": "inc-{title!r}"}, "channel_name", "Braces stand around"),
        ({"channel_name": "inc-{title:>9}"}, "channel_name", "Braces stand around"),
        ({"channel_name": "inc {title}"}, "channel_name", "hyphens and underscores"),
        ({"channel_name": "inc-{{title}}-{number}"}, "channel_name", "hyphens and underscores"),
        ({"reaction": "two words"}, "reaction", "not an emoji"),
        ({"language": "tlh"}, "language", "does not speak “tlh”"),
        ({"timezone": "Europe/Berlim"}, "timezone", "Did you mean Europe/Berlin"),
        ({"lead_minutes": -1}, "lead_minutes", "between 0 and 10,080"),
        ({"stale_hours": 10_000}, "stale_hours", "between 0 and 8,760"),
        ({"summary_weekday": 7}, "summary_weekday", "between 0 and 6"),
        ({"summary_hour": 24}, "summary_hour", "between 0 and 23"),
    ],
)
async def test_what_cannot_be_is_refused_at_its_field_with_the_mend(
    bus: CommandBus, alice: Caller, wish: dict[str, object], field: str, words: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        await bus.execute(EditIncidentSettings(caller=alice, **wish))  # type: ignore[arg-type]

    assert refused.value.field == field
    assert words in str(refused.value)


async def test_everything_that_is_wrong_is_told_at_once_and_nothing_is_kept(
    bus: CommandBus, alice: Caller
) -> None:
    wish = EditIncidentSettings(caller=alice, reaction="a b", archive_days=-1, stale_hours=3)

    with pytest.raises(InvalidInput) as refused:
        await bus.execute(wish)

    assert [field for field, _ in refused.value.flaws] == ["reaction", "archive_days"]
    assert (await _settings(bus, alice)).stale_hours == 24


async def test_one_severity_is_decided_and_the_others_stay(bus: CommandBus, alice: Caller) -> None:
    bob = (await hire(bus, alice.organization_id, "Bob")).actor.user_id
    assert bob
    low = SeveritySettings(severity=Severity.LOW, update_minutes=600)
    critical = SeveritySettings(
        severity=Severity.CRITICAL,
        meaning="  Money is\nlost ",
        update_minutes=15,
        broadcast=Broadcast.HERE,
        invitees=(bob, bob),
    )
    await bus.execute(EditIncidentSettings(caller=alice, severities=(low,)))

    settings = await bus.execute(EditIncidentSettings(caller=alice, severities=(critical,)))

    assert settings.of(Severity.CRITICAL).meaning == "Money is lost"
    assert settings.of(Severity.CRITICAL).invitees == (bob,)
    assert settings.update_interval(Severity.CRITICAL) == timedelta(minutes=15)
    assert settings.update_interval(Severity.LOW) == timedelta(hours=10)
    assert settings.update_interval(Severity.HIGH) == timedelta(hours=1)


async def test_flaws_of_a_severity_name_it(bus: CommandBus, alice: Caller) -> None:
    wrong = SeveritySettings(
        severity=Severity.HIGH,
        meaning="x" * 76,
        update_minutes=-5,
        invitees=(UserId("usr_nobody"),),
    )

    with pytest.raises(InvalidInput) as refused:
        await bus.execute(EditIncidentSettings(caller=alice, severities=(wrong,)))

    assert [field for field, _ in refused.value.flaws] == [
        "severities.high.meaning",
        "severities.high.update_minutes",
        "severities.high.invitees",
    ]


async def test_a_service_invites_people_until_it_invites_nobody(
    bus: CommandBus, alice: Caller
) -> None:
    bob = (await hire(bus, alice.organization_id, "Bob")).actor.user_id
    assert bob
    shop = await bus.execute(AddService(caller=alice, name="Shop"))
    invited = ServiceInvitees(service_id=shop.id, user_ids=(bob,))
    first = await bus.execute(EditIncidentSettings(caller=alice, service_invitees=(invited,)))

    nobody = ServiceInvitees(service_id=shop.id, user_ids=())
    second = await bus.execute(EditIncidentSettings(caller=alice, service_invitees=(nobody,)))

    assert first.invited_for(shop.id) == (bob,)
    assert (second.invited_for(shop.id), second.service_invitees) == ((), ())


async def test_nobody_is_invited_for_a_service_that_is_not_there(
    bus: CommandBus, alice: Caller
) -> None:
    bob = (await hire(bus, alice.organization_id, "Bob")).actor.user_id
    assert bob
    strange = ServiceInvitees(service_id=ServiceId("svc_none"), user_ids=(bob,))

    with pytest.raises(InvalidInput, match="There is no service svc_none"):
        await bus.execute(EditIncidentSettings(caller=alice, service_invitees=(strange,)))


async def test_the_form_asks_for_known_fields_once_and_in_the_order_given(
    bus: CommandBus, alice: Caller
) -> None:
    region = await bus.execute(AddCustomField(caller=alice, name="Region", type="text"))
    ticket = await bus.execute(AddCustomField(caller=alice, name="Ticket", type="link"))
    wanted = (FormField(field_id=ticket.id, required=True), FormField(field_id=region.id))

    settings = await bus.execute(EditIncidentSettings(caller=alice, form_fields=wanted))

    assert settings.form_fields == wanted
    for wrong in ((wanted[0], wanted[0]), (FormField(field_id="fld_none"),)):
        with pytest.raises(InvalidInput) as refused:
            await bus.execute(EditIncidentSettings(caller=alice, form_fields=wrong))
        assert refused.value.field == "form_fields"


async def test_the_standard_roles_can_be_told_other_words(
    bus: CommandBus, alice: Caller, clock: FakeClock
) -> None:
    lead, comms, _ = standard_roles(clock())
    own = RoleInstructions(role_id=LEAD, instructions="Call the plant first.")

    settings = await bus.execute(EditIncidentSettings(caller=alice, role_instructions=(own,)))

    assert settings.instructions(lead) == "Call the plant first."
    assert settings.instructions(comms) == comms.instructions
    usual = RoleInstructions(role_id=LEAD, instructions=" ")
    again = await bus.execute(EditIncidentSettings(caller=alice, role_instructions=(usual,)))
    assert again.instructions(lead) == lead.instructions


async def test_instructions_of_other_roles_stand_at_the_role(
    bus: CommandBus, alice: Caller
) -> None:
    wrong = RoleInstructions(role_id="rol_1", instructions="Look.")

    with pytest.raises(InvalidInput, match="rol_1 is not a role that comes"):
        await bus.execute(EditIncidentSettings(caller=alice, role_instructions=(wrong,)))


async def _settings(bus: CommandBus, alice: Caller) -> IncidentSettings:
    """As they hold now: a change that changes nothing answers with them."""
    return await bus.execute(EditIncidentSettings(caller=alice))


async def test_a_field_is_added_and_asked_for_last(bus: CommandBus, alice: Caller) -> None:
    region = await bus.execute(AddCustomField(caller=alice, name="Region", type="text"))
    first = (FormField(field_id=region.id),)
    await bus.execute(EditIncidentSettings(caller=alice, form_fields=first))

    plant = await bus.execute(
        AddFormField(
            caller=alice,
            name="Plant",
            type="single_select",
            options=("North", " South", "north", ""),
            required=True,
        )
    )

    asked = (await _settings(bus, alice)).form_fields
    assert asked == (*first, FormField(field_id=plant.id, required=True))


async def test_a_field_whose_options_are_refused_is_not_there(
    bus: CommandBus, alice: Caller, store: FakeStore
) -> None:
    long = AddFormField(caller=alice, name="Plant", type="single_select", options=("x" * 201,))

    with pytest.raises(InvalidInput) as refused:
        await bus.execute(long)

    assert refused.value.field == "options"
    page = await store.reads.records(alice.organization_id, CustomField, RecordQuery())
    assert page.rows == ()


@pytest.mark.parametrize(
    ("type", "options", "words"),
    [
        ("single_select", (), "one on each line"),
        ("text", ("North",), "nothing to choose from"),
        ("multi_select", tuple(map(str, range(101))), "at most 100"),
    ],
)
async def test_options_go_with_the_type(
    bus: CommandBus, alice: Caller, type: str, options: tuple[str, ...], words: str
) -> None:
    wish = AddFormField(caller=alice, name="Plant", type=type, options=options)

    with pytest.raises(InvalidInput, match=words) as refused:
        await bus.execute(wish)

    assert refused.value.field == "options"


async def test_a_field_that_was_deleted_stands_in_nobodys_way(
    bus: CommandBus, alice: Caller
) -> None:
    gone = await bus.execute(AddFormField(caller=alice, name="Region", type="text"))
    await bus.execute(DeleteCustomField(caller=alice, field_id=gone.id))

    added = await bus.execute(AddFormField(caller=alice, name="Ticket", type="link"))

    assert (await _settings(bus, alice)).form_fields == (FormField(field_id=added.id),)


async def test_of_a_severity_what_is_not_said_stays(bus: CommandBus, alice: Caller) -> None:
    whole = SeveritySettings(severity=Severity.HIGH, meaning="Bad", update_minutes=20)
    await bus.execute(EditIncidentSettings(caller=alice, severities=(whole,)))
    part = SeverityChange(severity=Severity.HIGH, broadcast=Broadcast.HERE)

    settings = await bus.execute(EditIncidentSettings(caller=alice, severities=(part,)))

    assert settings.of(Severity.HIGH) == replace(whole, broadcast=Broadcast.HERE)
