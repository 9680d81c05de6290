"""All that can be done about an incident from the menus of its card."""

from functools import partial
from typing import TypeAlias

from core.domain.state import State
from sandbox.conversation.room import Room
from tests.integration.slack.answers import answer_to, closed
from tests.integration.slack.channels import declared, now_is
from tests.integration.slack.stage import Stage

Answers: TypeAlias = dict[str, str]
"""What is pressed, and the words that answer it."""

OFFERED = "What would you like to do with INC-1?"
SAID: Answers = {
    "Timeline": "Alice Archer declared",
    "Tasks": "INC-1 has no tasks.",
    "Alerts": "INC-1 has no alerts",
    "Similar incidents": "Nothing is known that looks like INC-1.",
    "Subscribe": "You follow INC-1 now",
    "Snooze": "For how long is INC-1 snoozed?",
}
"""Said to whoever pressed it alone."""

ASKED: Answers = {
    "Services": "There are no services yet",
    "Who may know of it": "Who may know of it?",
    "Export": "As what?",
    "Link another incident": "Which incident has to do with it?",
    "Merge into another incident": "Into which incident?",
}
"""Asked in a form."""

MENU: Answers = {
    "Roles": "Incident Lead",
    "Edit details": "What is wrong?",
    "Add a task": "What is to be done?",
    "Add a note": "note",
}
AFTERWARDS: Answers = {
    "Timeline": "Alice Archer declared",
    "Tasks": "INC-1 has no tasks.",
    "Alerts": "INC-1 has no alerts",
    "Similar incidents": "Nothing is known that looks like INC-1.",
    "Subscribe": "You follow INC-1 now",
}


async def everything_else(stage: Stage, room: Room, label: str) -> None:
    """A press on one of the buttons that the card leaves out."""
    await stage.alice.clicks(await stage.card(room), "More…")
    offered = await stage.alice.ephemeral(room, OFFERED)
    await stage.alice.clicks(offered, label)


async def all_answered(stage: Stage, room: Room, said: Answers, asked: Answers) -> None:
    for label, words in said.items():
        press = partial(everything_else, stage, room, label)
        assert await answer_to(press, stage.alice, room, words), label
    for label, words in asked.items():
        await everything_else(stage, room, label)
        await closed(stage.alice, words)


async def test_everything_that_the_card_leaves_out_is_done_from_the_menu(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    await declared(stage, "Checkout fails")

    await all_answered(stage, room, SAID, ASKED)
    await everything_else(stage, room, "Postmortem")
    drafted = await stage.alice.ephemeral(room, "postmortem")
    await everything_else(stage, room, "Cancel the incident")
    form = await stage.alice.modal("Why was it no incident?")
    await form.fill({"Why was it no incident?": "A false alarm."})
    await form.submit()
    await stage.settled()

    assert "INC-1" in drafted.words
    assert (await now_is(stage)).incident.state is State.CANCELED


async def test_the_menu_of_the_card_opens_its_forms(stage: Stage) -> None:
    room = await stage.declares("Search is slow")

    for label, words in MENU.items():
        await stage.alice.clicks(await stage.card(room), label)
        await closed(stage.alice, words)

    await everything_else(stage, room, "Link another incident")
    assert await stage.alice.modal("There is no other incident to link INC-1 to.")
    await stage.settled()


async def test_another_incident_is_linked_and_merged_from_the_menu(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    await declared(stage, "Checkout fails")

    for label, question, told in (
        ("Link another incident", "Which incident has to do with it?", "INC-2 are linked."),
        ("Merge into another incident", "Into which incident?", "INC-1 is merged into INC-2"),
    ):
        await everything_else(stage, room, label)
        form = await stage.alice.modal(question)
        await form.fill({question: "INC-2 Checkout fails"})
        await form.submit()
        assert await stage.alice.ephemeral(room, told)

    await stage.settled()
    assert (await now_is(stage)).incident.state is State.CANCELED
    assert (await now_is(stage, "INC-2")).incident.state is State.OPEN


async def test_what_is_over_is_looked_through_from_its_menu(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    await stage.alice.types(room, "/incident resolve Restarted it.")
    await stage.settled()

    for label in ("Timeline", "Tasks"):
        press = partial(stage.alice.clicks, await stage.card(room), label)
        assert await answer_to(press, stage.alice, room, AFTERWARDS[label]), label
    await stage.alice.clicks(await stage.card(room), "Edit details")
    await closed(stage.alice, "What is wrong?")
    await all_answered(stage, room, AFTERWARDS, {"Export": "As what?"})
    await stage.alice.clicks(await stage.card(room), "More…")
    offered = await stage.alice.ephemeral(room, OFFERED)
    await stage.alice.clicks(await stage.card(room), "Postmortem")
    await stage.settled()

    assert {"Snooze", "Cancel the incident"}.isdisjoint(offered.buttons)
    assert await room.message("The postmortem of INC-1 is drafted.")
