"""The settings in Slack: opened by admins, changed page by page, kept, and never lost."""

from typing import Any

import pytest

from bot.incident_settings import settings_of
from bot.languages import catalogue_of
from core.commands import AddCustomField, AddIncidentRole, AddService, AddUser
from core.commands.settings import EditIncidentSettings
from core.domain.account import Role
from core.domain.custom_field import CustomField, FieldOption
from core.domain.incident_role import LEAD, IncidentRole, standard_roles
from core.domain.incident_settings import Broadcast, FormField, IncidentSettings
from core.domain.severity import Severity
from core.language import say, speaking
from core.ports import RecordQuery
from sandbox.conversation.form import Form
from tests.fakes.people import the_operator
from tests.integration.slack.stage import Stage


async def becomes(stage: Stage, name: str, role: Role) -> None:
    await stage.bus.execute(
        AddUser(
            caller=the_operator(stage.organization_id),
            email=f"{name}@example.com",
            name=name.capitalize(),
            role=role,
        )
    )


@pytest.fixture
async def menu(stage: Stage) -> Form:
    """Alice, an admin, has the settings open."""
    await becomes(stage, "alice", Role.ADMIN)
    await stage.alice.types(await stage.room("general"), "/incident settings")
    return await stage.alice.modal("Language and time zone")


async def stored(stage: Stage) -> IncidentSettings:
    return await settings_of(stage.store.reads, stage.organization_id)


async def changed(stage: Stage, **settings: Any) -> None:
    """Somebody else changes them meanwhile."""
    wish = EditIncidentSettings(caller=the_operator(stage.organization_id), **settings)
    await stage.bus.execute(wish)


async def test_only_admins_can_open_them(stage: Stage) -> None:
    await stage.bob.types(await stage.room("general"), "/incident settings")

    form = await stage.bob.modal("You may not change the settings of this organisation")

    assert "ask an admin" in form.words
    await stage.settled()


async def test_the_menu_says_what_holds(menu: Form, stage: Stage) -> None:
    words = menu.words

    assert "Announced in #incidents; channels are called inc-{date}-{title}." in words
    assert "Critical (SEV1): an update every 30 min." in words
    assert "Incident Lead, Communications Lead, Scribe" in words
    assert "English · UTC" in words
    await stage.settled()


async def test_channels_and_reaction_are_changed(menu: Form, stage: Stage) -> None:
    await menu.clicks("Change: Channels and timeline")
    form = await menu.containing("How channels are called")
    await form.fill(
        {
            "Where incidents are announced": "#general",
            "How channels are called": "{severity}-{number}",
            "Days after the end until a channel is archived": "0",
            "Reaction that adds a message to the timeline": ":eyes:",
        }
    )

    answer = await form.submit()

    assert not answer.get("errors")
    after = await form.containing("Channels and timeline: saved.")
    assert "Channels are never archived." in after.words
    settings = await stored(stage)
    general = await stage.room("general")
    assert (settings.announcement_channel, settings.channel_name) == (
        general.id,
        "{severity}-{number}",
    )
    assert (settings.archive_days, settings.reaction) == (0, "eyes")
    await stage.settled()


async def test_a_name_for_channels_that_cannot_be_is_refused_at_its_field(
    menu: Form, stage: Stage
) -> None:
    await menu.clicks("Change: Channels and timeline")
    form = await menu.containing("How channels are called")
    await form.fill({"How channels are called": "inc-{servce}"})

    answer = await form.submit()

    [sentence] = answer["errors"].values()
    assert list(answer["errors"]) == ["settings.channel_name"]
    assert sentence.startswith("{servce} means nothing; use {date}")
    assert (await stored(stage)).version == 0
    await stage.settled()


async def test_a_channel_given_by_name_stays_until_it_is_undone(stage: Stage, menu: Form) -> None:
    await changed(stage, announcement_channel="operations")
    await menu.clicks("Change: Channels and timeline")
    form = await menu.containing("Now #operations, by name")
    await form.fill({"Days after the end until a channel is archived": "3"})
    await form.submit()
    kept = (await stored(stage)).announcement_channel
    again = await form.containing("saved.")
    await again.clicks("Change: Channels and timeline")
    form = await again.containing("No longer #operations")
    await form.fill({"Or none of its own": ["No longer #operations"]})

    await form.submit()

    await form.containing("Announced in #incidents")
    assert (kept, (await stored(stage)).announcement_channel) == ("operations", "")
    await stage.settled()


async def test_a_severity_gets_its_meaning_its_news_and_its_people(
    menu: Form, stage: Stage
) -> None:
    await menu.clicks("Change: Severities")
    page = await menu.containing("Down, or data at risk")
    await page.clicks("Change: High (SEV2)")
    form = await page.containing("Whom the announcement calls")
    await form.fill(
        {
            "What it means": "Customers notice",
            "How often news is expected": "An update every 2 h",
            "Whom the announcement calls": "Everybody in the channel who is active (@here)",
            "Who is invited into every channel": ["@bob"],
        }
    )

    answer = await form.submit()

    assert not answer.get("errors")
    after = await form.containing("Severity: saved.")
    assert "Customers notice" in after.words
    own = (await stored(stage)).of(Severity.HIGH)
    assert (own.meaning, own.update_minutes, own.broadcast) == (
        "Customers notice",
        120,
        Broadcast.HERE,
    )
    assert len(own.invitees) == 1
    assert (await stored(stage)).of(Severity.CRITICAL).update_minutes == 30
    await stage.settled()


async def test_people_are_invited_for_a_service(menu: Form, stage: Stage) -> None:
    operator = the_operator(stage.organization_id)
    checkout = await stage.bus.execute(AddService(caller=operator, name="Checkout"))
    await stage.bus.execute(AddService(caller=operator, name="Search"))
    await menu.clicks("Change: People for services")
    page = await menu.containing("For which service?")
    offered = await page.options("settings.service.choose", "check")
    option = {"text": {"type": "plain_text", "text": "Checkout"}, "value": checkout.id}
    await page.chooses("settings.service.choose", option)
    form = await page.containing("Who is invited besides its owners")
    await form.fill({"Who is invited besides its owners": ["@bob", "@alice"]})

    await form.submit()

    await form.containing("People for a service: saved.")
    assert offered == ["Checkout"]
    assert len((await stored(stage)).invited_for(checkout.id)) == 2
    await stage.settled()


async def test_a_role_is_added_changed_and_removed(menu: Form, stage: Stage) -> None:
    await menu.clicks("Change: Roles")
    page = await menu.containing("Add a role")
    await page.clicks("Add a role")
    form = await page.containing("Short form")
    await form.fill({"Name": "Customer contact", "Short form": "contact"})
    await form.submit()
    page = await form.containing("Role: saved.")
    await page.clicks("Change: Customer contact")
    form = await page.containing("Remove this role")
    await form.fill({"What whoever takes it is told": "Call them back."})
    await form.submit()
    page = await form.containing("Role: saved.")
    [role] = (await roles(stage)).values()
    await page.clicks("Change: Customer contact")
    form = await page.containing("Remove this role")

    await form.clicks("Remove this role")

    await form.containing("The role is removed.")
    assert (role.shortform, role.instructions) == ("contact", "Call them back.")
    assert await roles(stage) == {}
    await stage.settled()


async def roles(stage: Stage) -> dict[str, IncidentRole]:
    page = await stage.store.reads.records(stage.organization_id, IncidentRole, RecordQuery())
    return {role.name: role for role in page.rows}


async def test_the_lead_is_told_what_the_organisation_says(menu: Form, stage: Stage) -> None:
    await menu.clicks("Change: Roles")
    page = await menu.containing("Add a role")
    await page.clicks("Change: Incident Lead")
    form = await page.containing("Every organisation has this role")
    await form.fill({"What whoever takes it is told": "Call the plant first."})

    await form.submit()

    await form.containing("Role: saved.")
    lead = next(one for one in standard_roles(stage.clock()) if one.id == LEAD)
    assert (await stored(stage)).instructions(lead) == "Call the plant first."
    await stage.settled()


async def test_a_role_that_has_the_name_of_another_is_refused_at_the_name(
    menu: Form, stage: Stage
) -> None:
    await menu.clicks("Change: Roles")
    page = await menu.containing("Add a role")
    await page.clicks("Add a role")
    form = await page.containing("Short form")
    await form.fill({"Name": "scribe"})

    answer = await form.submit()

    assert list(answer["errors"]) == ["settings.name"]
    await stage.settled()


async def test_the_form_to_declare_asks_for_own_fields_in_an_own_order(
    menu: Form, stage: Stage
) -> None:
    operator = the_operator(stage.organization_id)
    ticket = await stage.bus.execute(AddCustomField(caller=operator, name="Ticket", type="link"))
    await menu.clicks("Change: Form to declare")
    page = await menu.containing("asks for nothing of your own yet")
    await page.clicks("Ask for Ticket")
    page = await page.containing("*1 · Ticket*")
    await page.clicks("Add a field")
    form = await page.containing("What there is to choose from")
    await form.fill(
        {
            "Name": "Plant",
            "What it holds": "One of several",
            "What there is to choose from": "North\nSouth",
            "Must it be filled in?": ["The form cannot be sent without it"],
        }
    )
    await form.submit()
    page = await form.containing("*2 · Plant*")

    await page.clicks("Ask for it earlier")

    await page.containing("*1 · Plant*")
    plant = (await fields(stage))["Plant"]
    assert (await stored(stage)).form_fields == (
        FormField(field_id=plant.id, required=True),
        FormField(field_id=ticket.id),
    )
    query = RecordQuery(parent_id=plant.id)
    options = await stage.store.reads.records(stage.organization_id, FieldOption, query)
    assert sorted(one.value for one in options.rows) == ["North", "South"]
    await stage.settled()


async def fields(stage: Stage) -> dict[str, CustomField]:
    page = await stage.store.reads.records(stage.organization_id, CustomField, RecordQuery())
    return {one.name: one for one in page.rows}


async def test_whoever_orders_fields_that_others_changed_sees_theirs_first(
    menu: Form, stage: Stage
) -> None:
    operator = the_operator(stage.organization_id)
    ticket = await stage.bus.execute(AddCustomField(caller=operator, name="Ticket", type="link"))
    await menu.clicks("Change: Form to declare")
    page = await menu.containing("Ask for it")
    await changed(stage, form_fields=(FormField(field_id=ticket.id, required=True),))

    await page.clicks("Ask for Ticket")

    late = await page.containing("Somebody else changed the settings")
    assert "Link · required" in late.words
    await stage.settled()


async def test_reminders_and_summary_and_language_are_changed(menu: Form, stage: Stage) -> None:
    await menu.clicks("Change: Reminders")
    form = await menu.containing("Minutes without a lead")
    await form.fill({"Minutes without a lead": "5", "Hours without any news": "0"})
    await form.submit()
    page = await form.containing("Reminders: saved.")
    await page.clicks("Change: Digest and summary")
    form = await page.containing("Day of the summary")
    await form.fill(
        {
            "Digest channel": "#general",
            "Day of the summary": "Friday",
            "Time of the summary": "16:00",
        }
    )
    await form.submit()
    page = await form.containing("the week is summed up on Friday at 16:00 (UTC)")
    await page.clicks("Change: Language and time zone")
    form = await page.containing("Language of Tocsin")
    zone = {"text": {"type": "plain_text", "text": "Europe/Berlin"}, "value": "Europe/Berlin"}
    offered = await form.options("Time zone of the organisation", "berlin")
    await form.fill({"Language of Tocsin": "Deutsch", "Time zone of the organisation": zone})

    await form.submit()

    after = await form.containing("Deutsch · Europe/Berlin")
    with speaking(catalogue_of("de")):
        assert say("{page}: saved.", page=say("Language and time zone")) in after.words
    settings = await stored(stage)
    assert offered == ["Europe/Berlin"]
    assert (settings.lead_minutes, settings.stale_hours) == (5, 0)
    assert (settings.digest_channel, settings.summary_weekday, settings.summary_hour) == (
        (await stage.room("general")).id,
        4,
        16,
    )
    assert (settings.language, settings.timezone) == ("de", "Europe/Berlin")
    await stage.settled()


async def test_of_two_admins_neither_loses_what_the_other_did(menu: Form, stage: Stage) -> None:
    await menu.clicks("Change: Reminders")
    form = await menu.containing("Minutes without a lead")
    await changed(stage, stale_hours=7, reaction="eyes")
    await form.fill({"Minutes without a lead": "3"})

    answer = await form.submit()

    assert not answer.get("errors")
    await form.containing("Reminders: saved.")
    settings = await stored(stage)
    assert (settings.lead_minutes, settings.stale_hours, settings.reaction) == (3, 7, "eyes")
    await stage.settled()


async def test_who_changes_what_another_changed_is_told_at_the_field(
    menu: Form, stage: Stage
) -> None:
    await menu.clicks("Change: Reminders")
    form = await menu.containing("Minutes without a lead")
    await changed(stage, lead_minutes=7)
    await form.fill({"Minutes without a lead": "3"})

    answer = await form.submit()

    [sentence] = answer["errors"].values()
    assert list(answer["errors"]) == ["settings.lead_minutes"]
    assert "Somebody else changed this while the form was open, to 7." in sentence
    assert (await stored(stage)).lead_minutes == 7
    await stage.settled()


async def test_a_role_removed_meanwhile_is_told_in_the_form(menu: Form, stage: Stage) -> None:
    operator = the_operator(stage.organization_id)
    role = await stage.bus.execute(AddIncidentRole(caller=operator, name="Liaison"))
    await menu.clicks("Change: Roles")
    page = await menu.containing("Liaison")
    await page.clicks("Change: Liaison")
    form = await page.containing("Remove this role")
    await form.clicks("Remove this role")
    await form.containing("The role is removed.")
    again = await form.fresh()

    await again.clicks("Back")

    assert await again.containing("Language and time zone")
    assert role.name not in (await again.fresh()).words
    await stage.settled()


@pytest.mark.parametrize("short", ["lead", "Protokoll"])
async def test_a_role_that_would_be_called_like_another_is_refused_at_its_place(
    menu: Form, stage: Stage, short: str
) -> None:
    await menu.clicks("Change: Roles")
    page = await menu.containing("Add a role")
    await page.clicks("Add a role")
    form = await page.containing("What it is for")
    await form.fill({"Name": "Recorder", "Short form": short})

    answer = await form.submit()

    assert list(answer["errors"]) == ["settings.shortform"]
    assert "is called so" in answer["errors"]["settings.shortform"]
    await stage.settled()


@pytest.mark.parametrize("private", [True, False])
async def test_a_channel_into_which_tocsin_cannot_post_is_refused(
    menu: Form, stage: Stage, private: bool
) -> None:
    room = await stage.alice.creates("quiet", private=private)
    if not private:
        await stage.alice.archives(room)
    await menu.clicks("Change: Digest and summary")
    form = await menu.containing("Day of the summary")
    await form.fill({"Digest channel": "#quiet"})

    answer = await form.submit()

    [sentence] = answer["errors"].values()
    assert list(answer["errors"]) == ["settings.digest_channel"]
    assert ("invite it there first" if private else "#quiet is archived") in sentence
    assert (await stored(stage)).digest_channel == ""
    await stage.settled()


async def test_a_page_that_slack_does_not_take_says_so(menu: Form, stage: Stage) -> None:
    stage.sandbox.expects("invalid_content")
    await stage.sandbox.fault("views.update", "error", error="invalid_arguments")

    await menu.clicks("Change: Roles")

    assert await menu.containing("Nothing was lost; please try once more.")
    await stage.settled()


async def test_the_home_behind_the_form_speaks_the_language_that_was_chosen(stage: Stage) -> None:
    await becomes(stage, "alice", Role.ADMIN)
    home = await stage.alice.home("No maintenance")
    await home.clicks("Change settings")
    menu = await stage.alice.modal("Language and time zone")
    await menu.clicks("Change: Language and time zone")
    form = await menu.containing("Language of Tocsin")
    await form.fill({"Language of Tocsin": "Deutsch"})

    await form.submit()
    await form.containing("Deutsch · UTC")

    with speaking(catalogue_of("de")):
        sentence = say("No incident is active.")
    assert await home.containing(sentence)
    await stage.settled()
