"""Forms about an incident that goes on: its details, its news, its end, and what is left."""

from datetime import timedelta

from core.commands import AcknowledgeIncident, EditIncident
from core.domain.follow_up import FollowUp
from core.domain.incident import Incident
from core.ports import RecordQuery
from sandbox.conversation.form import Form
from sandbox.conversation.room import Room
from tests.fakes.people import the_operator
from tests.integration.slack.stage import Stage, now
from tests.integration.slack.windows import a_service


async def opened(stage: Stage, room: Room, typed: str, words: str = "INC-1") -> Form:
    await stage.alice.types(room, typed)
    return await (await stage.alice.modal()).containing(words)


async def stored(stage: Stage) -> Incident:
    reads, organization_id = stage.store.reads, stage.organization_id
    id = (await reads.incident(organization_id, "INC-1")).row.id
    return (await reads.card(organization_id, id)).incident


async def test_details_are_changed_in_the_form(stage: Stage) -> None:
    service = await a_service(stage, "checkout")
    room = await stage.declares("Search is slow")
    form = await opened(stage, room, "/incident edit")

    await form.fill(
        {
            "What is wrong?": "Checkout is slow",
            "Summary": "Since noon.",
            "Affected services": ["checkout"],
            "Links": "https://graphs.example.com/1\nhttps://graphs.example.com/2",
            "Call": "https://meet.example.com/war-room",
        }
    )
    await form.submit()
    await stage.settled()

    incident = await stored(stage)
    assert (incident.title, incident.description) == ("Checkout is slow", "Since noon.")
    assert incident.service_ids == (service,)
    assert incident.links == ("https://graphs.example.com/1", "https://graphs.example.com/2")
    assert incident.call_url == "https://meet.example.com/war-room"
    assert "Checkout is slow" in (await stage.card(room)).words


async def test_what_others_changed_meanwhile_stays_as_they_left_it(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    form = await opened(stage, room, "/incident edit")
    operator, id = the_operator(stage.organization_id), (await stored(stage)).id
    await stage.bus.execute(EditIncident(caller=operator, incident_id=id, description="Theirs."))
    await stage.bus.execute(AcknowledgeIncident(caller=operator, incident_id=id))

    await form.fill({"What is wrong?": "Search is down"})
    await form.submit()
    await stage.settled()

    incident = await stored(stage)
    assert (incident.title, incident.description) == ("Search is down", "Theirs.")


async def test_of_two_who_change_the_same_the_second_is_told_at_the_field(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    form = await opened(stage, room, "/incident edit")
    operator, id = the_operator(stage.organization_id), (await stored(stage)).id
    await stage.bus.execute(EditIncident(caller=operator, incident_id=id, title="Theirs"))

    await form.fill({"What is wrong?": "Mine"})
    errors = (await form.submit())["errors"]

    assert errors["title"].startswith("Somebody else changed this while the form was open")
    assert (await stored(stage)).title == "Theirs"
    await stage.settled()


async def test_a_promised_update_stands_on_the_card_until_the_next_one(stage: Stage) -> None:
    room = await stage.declares("sev1 Search is slow")
    form = await opened(stage, room, "/incident update", "What is the news?")
    await form.fill(
        {"What is the news?": "We look.", "When does the next update come?": "Within 2 h"}
    )
    await form.submit()
    await stage.settled()
    promised = (await stored(stage)).update_due_at
    shown = (await stage.card(room)).words

    await stage.alice.types(room, "/incident update Still looking.")
    await stage.settled()

    assert promised is not None
    assert abs(promised - now() - timedelta(hours=2)) < timedelta(minutes=2)
    assert "Next update" in shown
    assert "due by" not in shown
    assert (await stored(stage)).update_due_at is None
    assert "due by" in (await stage.card(room)).words


async def test_the_form_says_what_the_severity_asks(stage: Stage) -> None:
    room = await stage.declares("sev1 Search is slow")

    form = await opened(stage, room, "/incident update", "What is the news?")

    assert "As its severity asks: every 30 min" in form.words
    await stage.settled()


async def test_resolving_leaves_what_is_still_to_be_done(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    form = await opened(stage, room, "/incident resolve", "What fixed it?")

    await form.fill(
        {
            "What fixed it?": "Rebuilt the index.",
            "Root cause": "A full disk.",
            "What is left to be done?": "- Watch the disk\n\n• Write it down\n",
        }
    )
    await form.submit()
    await stage.settled()

    assert await stage.alice.ephemeral(room, "You resolved INC-1. 2 tasks are still open")
    incident = await stored(stage)
    assert (incident.resolution, incident.root_cause) == ("Rebuilt the index.", "A full disk.")
    query = RecordQuery(parent_id=incident.id)
    page = await stage.store.reads.records(stage.organization_id, FollowUp, query)
    assert sorted(one.title for one in page.rows) == ["Watch the disk", "Write it down"]


async def test_a_task_that_cannot_be_keeps_the_incident_open(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    form = await opened(stage, room, "/incident resolve", "What fixed it?")

    await form.fill({"What is left to be done?": "x" * 501})
    errors = (await form.submit())["errors"]

    assert set(errors) == {"follow_ups"}
    assert (await stored(stage)).active
    await stage.settled()


async def test_canceling_asks_why_and_says_so_in_the_channel(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    form = await opened(stage, room, "/incident cancel", "Why was it no incident?")

    await form.fill({"Why was it no incident?": "It was a false alarm."})
    await form.submit()
    await stage.settled()

    assert await stage.alice.ephemeral(room, "You canceled INC-1.")
    assert await room.message("Alice Archer canceled the incident: It was a false alarm.")


async def test_canceling_with_a_reason_needs_no_form(stage: Stage) -> None:
    room = await stage.declares("Search is slow")

    await stage.alice.types(room, "/incident cancel It was a drill.")

    assert await stage.alice.ephemeral(room, "You canceled INC-1.")
    await stage.settled()


async def test_services_come_and_go_by_name(stage: Stage) -> None:
    await a_service(stage, "Checkout API")
    room = await stage.declares("Search is slow")

    await stage.alice.types(room, "/incident service add “checkout api”")
    await stage.settled()
    shown = (await stage.card(room)).words
    await stage.alice.types(room, "/incident service remove check")
    await stage.settled()

    assert "Checkout API" in shown
    assert await stage.alice.ephemeral(room, "INC-1 does not affect Checkout API any more.")
    assert "Checkout API" not in (await stage.card(room)).words


async def test_a_service_nobody_knows_is_answered_with_the_nearest(stage: Stage) -> None:
    await a_service(stage, "checkout")
    room = await stage.declares("Search is slow")

    await stage.alice.types(room, "/incident service add chekout")

    assert await stage.alice.ephemeral(
        room, "There is no service “chekout”; did you mean “checkout”?"
    )
    await stage.settled()


async def test_without_a_name_the_services_are_chosen_in_a_form(stage: Stage) -> None:
    checkout, search = await a_service(stage, "checkout"), await a_service(stage, "search")
    room = await stage.declares("Search is slow")
    await stage.alice.types(room, "/incident service add checkout")
    form = await opened(stage, room, "/incident service")

    await form.fill({"Affected services": ["search"]})
    await form.submit()
    await stage.settled()

    assert [option["value"] for option in form.values["Affected services"]] == [checkout]
    assert (await stored(stage)).service_ids == (search,)


async def test_an_incident_is_snoozed_for_as_long_as_was_typed(stage: Stage) -> None:
    room = await stage.declares("Search is slow")

    await stage.alice.types(room, "/incident snooze 30m")
    await stage.settled()

    assert await stage.alice.ephemeral(room, "INC-1 is snoozed until")
    until = (await stored(stage)).snoozed_until
    assert until is not None
    assert abs(until - now() - timedelta(minutes=30)) < timedelta(minutes=2)
    assert "Snoozed" in (await stage.card(room)).words


async def test_without_a_span_some_are_offered(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    await stage.alice.types(room, "/incident snooze")
    question = await stage.alice.ephemeral(room, "For how long is INC-1 snoozed?")

    await stage.alice.clicks(question, "Until tomorrow, 09:00")
    await stage.settled()

    assert question.buttons[0] == "30 minutes"
    assert await stage.alice.ephemeral(room, "INC-1 is snoozed until")


async def test_the_menu_of_the_card_opens_forms_and_offers_the_rest(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    await stage.alice.clicks(await stage.card(room), "Roles")
    assert await (await stage.alice.modal()).containing("Scribe")
    await stage.alice.clicks(await stage.card(room), "More…")
    rest = await stage.alice.ephemeral(room, "What would you like to do with INC-1?")

    await stage.alice.clicks(rest, "Snooze")

    assert "Cancel the incident" in rest.buttons
    assert await stage.alice.ephemeral(room, "For how long is INC-1 snoozed?")
    await stage.settled()


async def test_the_menu_of_the_announcement_works_outside_the_channel(stage: Stage) -> None:
    await stage.declares("Search is slow")
    await stage.bob.clicks(await stage.announcement(), "Edit details")

    form = await (await stage.bob.modal()).containing("What is wrong?")

    assert form.values["What is wrong?"] == "Search is slow"
    await stage.settled()
