"""Buttons of the App Home about what goes on: updates, maintenance, and the months before."""

from core.domain.maintenance import MaintenanceState
from sandbox.conversation.control import wait_for
from tests.integration.slack.channels import declared, now_is
from tests.integration.slack.stage import Stage
from tests.integration.slack.windows import scheduled, stored


async def test_an_incident_and_a_maintenance_are_worked_on_from_there(stage: Stage) -> None:
    await declared(stage, "Search is slow")
    await scheduled(stage)
    home = await stage.alice.home("Search is slow")

    await home.clicks("Update: INC-1")
    form = await stage.alice.modal("What is the news?")
    await form.fill({"What is the news?": "We look for it."})
    await form.submit()
    home = await home.containing("Your update on INC-1 is posted.")
    await home.clicks("Change")
    form = await stage.alice.modal("What is done?")
    await form.fill({"What is done?": "Newer database"})
    await form.submit()
    home = await home.containing("Newer database")
    await home.clicks("Start now")
    home = await home.containing("You started MNT-1")
    await home.clicks("Post progress")
    form = await stage.alice.modal("What is the news?")
    await form.fill({"What is the news?": "Half of it is done."})
    await form.submit()
    home = await home.containing("Your update on MNT-1 is posted.")
    await home.clicks("Complete")
    home = await home.containing("You completed MNT-1")
    await stage.settled()

    update = (await now_is(stage)).latest_update
    assert update
    assert update.text == "We look for it."
    assert (await stored(stage)).state is MaintenanceState.COMPLETED
    assert "Half of it is done." in await in_thread_of_incidents(stage)


async def test_all_that_goes_on_is_a_press_away(stage: Stage) -> None:
    for number in range(7):
        await declared(stage, f"Trouble {number}")
    home = await stage.alice.home("Trouble 6")

    await home.clicks("Show all 7")

    listed = await (await stage.alice.modal()).containing("Trouble 0")
    assert listed.title == "Active incidents"
    assert "Trouble 0" not in home.words
    assert "Trouble 6" in listed.words
    await stage.settled()


async def in_thread_of_incidents(stage: Stage) -> str:
    room = await stage.room("incidents")
    cards = [card for card in await room.messages() if "MNT-1" in card.words]
    return "\n".join([one.words for card in cards for one in [card, *await room.thread(card)]])


async def test_the_months_before_are_leafed_through(stage: Stage) -> None:
    home = await stage.alice.home("Calendar: ")
    month = home.wire["private_metadata"]

    await home.clicks("Earlier")

    async def turned() -> bool | None:
        return True if (await home.fresh()).wire["private_metadata"] < month else None

    assert await wait_for(turned, "The month before")
    await stage.settled()
