"""The ways back of lists that are leafed through, and menus that commands and mentions lead to."""

from datetime import timedelta
from functools import partial

from core.commands import AddCustomField, AddNote
from core.domain.account import Role
from core.domain.incident_settings import FormField
from core.domain.maintenance import MaintenanceState
from tests.fakes.people import hire, the_operator
from tests.integration.slack.alerting import a_source, an_alert
from tests.integration.slack.answers import answer_to, closed
from tests.integration.slack.channels import decided, now_is
from tests.integration.slack.stage import Stage
from tests.integration.slack.windows import a_service, scheduled, stored


async def test_lists_lead_back_to_the_newest(stage: Stage) -> None:
    source, since = await a_source(stage), stage.clock()
    alerts = [
        an_alert(stage, f"Disk {n:02}", starts_at=since - timedelta(minutes=n)) for n in range(11)
    ]
    await source.rings(*alerts)
    await stage.settled()
    caller, id = the_operator(stage.organization_id), (await now_is(stage)).incident.id
    for number in range(15):
        await stage.bus.execute(AddNote(caller=caller, incident_id=id, text=f"Step {number:02}"))
    await stage.settled()
    general = await stage.room("general")

    for typed, there, back, newest in (
        ("alerts", "Older", "Newest", "Disk 00"),
        ("timeline", "Earlier", "Latest", "Step 14"),
    ):
        typing = partial(stage.bob.types, general, f"/incident {typed} INC-1")
        first = await answer_to(typing, stage.bob, general, newest)
        turning = partial(stage.bob.clicks, first, there)
        second = await answer_to(turning, stage.bob, general, "INC-1")
        returning = partial(stage.bob.clicks, second, back)
        again = await answer_to(returning, stage.bob, general, newest)

        assert newest not in second.words
        assert again.words == first.words


async def test_an_own_field_is_asked_for_later_required_and_left_out(stage: Stage) -> None:
    operator = the_operator(stage.organization_id)
    await hire(stage.bus, stage.organization_id, "Alice Archer", Role.ADMIN)
    fields = [
        await stage.bus.execute(AddCustomField(caller=operator, name=name, type="text"))
        for name in ("Ticket", "Plant")
    ]
    await decided(stage, form_fields=tuple(FormField(field_id=one.id) for one in fields))
    await stage.alice.types(await stage.room("general"), "/incident settings")
    menu = await stage.alice.modal("Language and time zone")
    await menu.clicks("Change: Form to declare")
    page = await menu.containing("*1 · Ticket*")

    await page.clicks("Ask for it later")
    page = await page.containing("*2 · Ticket*")
    assert "required" not in page.words.replace("Make it required", "")
    await page.clicks("Make it required")
    page = await page.containing("*1 · Plant*\nText · required")
    await page.clicks("Make it optional")
    page = await page.containing("*1 · Plant*\nText · optional")
    await page.clicks("Do not ask for it")

    assert "*2 ·" not in (await page.containing("Not asked for")).words
    await stage.settled()


async def test_maintenance_is_completed_with_its_button_and_planned_from_a_mention(
    stage: Stage,
) -> None:
    await scheduled(stage)
    incidents = await stage.room("incidents")
    await stage.settled()
    for label in ("Start now", "Complete"):
        shown = next(card for card in await incidents.messages() if card.buttons)
        await stage.alice.clicks(shown, label)
        await stage.settled()
    await stage.alice.types(incidents, "@tocsin maintenance schedule")

    offer = await stage.alice.ephemeral(incidents, "takes a form")
    await stage.alice.clicks(offer, "Open the form")

    await closed(stage.alice, "What is done?")
    assert (await stored(stage)).state is MaintenanceState.COMPLETED


async def test_people_and_services_are_named_in_commands_as_they_are_called(stage: Stage) -> None:
    await hire(stage.bus, stage.organization_id, "Alice Archer", Role.MANAGER)
    await a_service(stage, "Checkout")
    room = await stage.declares("Search is slow")
    await stage.bob.joins(room)
    await stage.bob.types(room, "/incident list")

    for typed, words in (
        ("role comms Bob Brook", "Bob Brook is Communications Lead of INC-1 now."),
        ("lead bob@example.com", "Bob Brook is Incident Lead of INC-1 now."),
        ("subscribe", "You follow INC-1 now"),
        ("unsubscribe", "You do not follow INC-1 any more."),
        ("subscribe service Checkout", "You follow Checkout now"),
        ("unsubscribe service Checkout", "You do not follow Checkout any more."),
        ("subscribe here", "This channel follows INC-1 now."),
        ("unsubscribe here", "This channel does not follow INC-1 any more."),
    ):
        typing = partial(stage.alice.types, room, f"/incident {typed}")
        assert await answer_to(typing, stage.alice, room, words), typed

    await stage.settled()
