"""`/incident` typed anywhere: the incident implied, named or asked for."""

from functools import partial

import pytest

from core.commands import DeclareIncident
from core.commands.settings import EditIncidentSettings
from core.domain.account import UserState
from core.domain.incident_settings import SeveritySettings
from core.domain.severity import Severity
from core.domain.state import State
from core.views import IncidentRow
from sandbox.conversation.room import Room
from tests.fakes.people import the_operator
from tests.integration.slack.answers import answer_to
from tests.integration.slack.stage import Stage
from tests.integration.slack.windows import a_service

SAID = {
    "ack INC-9": "There is no incident INC-9",
    "frobnicate": "There is no command “frobnicate”.",
    "sho": "INC-1",
    "resovle": "Did you mean “/incident resolve”?",
    "severity INC-1 awful": "“awful” is not a severity",
    "assign INC-1 nobody-we-know": "Nobody is called “nobody-we-know”",
    "help resolve": "/incident resolve [INC-n] [TEXT]",
    "help": "/incident declare TEXT",
    "list": "1 active incident, newest first.",
    "list mine": "No incident that you lead or have a role in is active;",
    "show inc-1": "Search is slow",
    "severity INC-1 sev1": "INC-1 is Critical (SEV1).",
    "assign INC-1 nobody": "You may not assign incidents to others",
    "assign INC-1 @bob": "You may not assign incidents to others",
    "assign INC-1 me": "INC-1 is yours.",
    "assign INC-1 alice@example.com": "INC-1 is yours.",
    "reopen INC-1": "INC-1 is open already.",
    "list service Chekout": "There are no services yet",
    "assign INC-1": "Who works on INC-1?",
}
"""What is typed, and the words that come: one after the other."""


async def row(stage: Stage, reference: str) -> IncidentRow:
    return (await stage.store.reads.incident(stage.organization_id, reference)).row


async def states(stage: Stage) -> list[State]:
    return [(await row(stage, reference)).state for reference in ("INC-1", "INC-2")]


@pytest.fixture
async def general(stage: Stage) -> Room:
    return await stage.room("general")


async def test_elsewhere_the_incident_is_asked_for_and_the_button_goes_on(
    stage: Stage, general: Room
) -> None:
    await stage.declares("Search is slow")
    await stage.bob.types(general, "/incident ack")
    question = await stage.bob.ephemeral(general, "Which incident?")

    await stage.bob.clicks(question, "Acknowledge")

    assert await stage.bob.ephemeral(general, "You acknowledged INC-1.")
    assert "Which incident?" not in [card.text for card in await stage.bob.ephemerals(general)]


async def test_the_words_typed_before_the_question_are_kept(stage: Stage, general: Room) -> None:
    room = await stage.declares("Search is slow")
    await stage.bob.types(general, '/incident update It\'s <fixed> & "done"')
    question = await stage.bob.ephemeral(general, "Which incident?")

    await stage.bob.clicks(question, "Update")
    await stage.settled()

    message = await room.message("posted an update")
    assert message.blocks[1]["text"]["text"] == 'It\'s <fixed> & "done"'


async def test_whether_a_number_is_an_incident_or_begins_the_text_is_asked_first(
    stage: Stage, general: Room
) -> None:
    room = await stage.declares("Search is slow")
    await stage.alice.types(general, "/incident declare Checkout fails")
    await stage.settled()
    await stage.alice.types(room, "/incident resolve 2 pods were restarted")
    question = await stage.alice.ephemeral(room, "does the number name INC-2")
    assert await states(stage) == [State.OPEN, State.OPEN]

    await stage.alice.clicks(question, "It belongs to the text")
    await stage.settled()

    assert await states(stage) == [State.RESOLVED, State.OPEN]
    assert await room.message("2 pods were restarted")


async def test_the_incident_of_a_number_is_meant_where_that_is_pressed(
    stage: Stage, general: Room
) -> None:
    room = await stage.declares("Search is slow")
    await stage.alice.types(general, "/incident declare Checkout fails")
    await stage.settled()
    await stage.alice.types(room, "/incident cancel 2 It was a test")
    question = await stage.alice.ephemeral(room, "does the number name INC-2")

    await stage.alice.clicks(question, "It names INC-2")
    await stage.settled()

    assert await states(stage) == [State.OPEN, State.CANCELED]


async def test_a_number_alone_is_the_incident_wherever_it_is_typed(
    stage: Stage, general: Room
) -> None:
    room = await stage.declares("Search is slow")
    await stage.alice.types(general, "/incident declare Checkout fails")
    await stage.settled()

    await stage.alice.types(room, "/incident assign 2 @alice")
    await stage.alice.types(room, "/incident cancel 2")
    form = await stage.alice.modal("Checkout fails")
    await form.fill({"Why was it no incident?": "It was a test"})
    await form.submit()
    await stage.settled()

    assert await states(stage) == [State.OPEN, State.CANCELED]
    assert (await row(stage, "INC-1")).assignee_name is None
    assert (await row(stage, "INC-2")).assignee_name == "Alice Archer"


async def test_a_number_of_no_incident_that_one_may_know_of_belongs_to_the_text(
    stage: Stage, general: Room
) -> None:
    room = await stage.declares("Search is slow")
    operator = the_operator(stage.organization_id)
    hidden = DeclareIncident(caller=operator, title="Leak", severity="high", private=True)
    await stage.bus.execute(hidden)
    await stage.settled()

    await stage.bob.types(room, "/incident update 2 of 9 nodes are back")
    await stage.settled()

    assert await room.message("2 of 9 nodes are back")


async def test_a_form_asks_which_incident_where_none_is_implied(
    stage: Stage, general: Room
) -> None:
    room = await stage.declares("Search is slow")
    await stage.alice.types(general, "/incident update")
    form = await (await stage.alice.modal()).containing("Which incident?")

    await form.fill({"Which incident?": "INC-1 Search is slow", "What is the news?": "We look."})
    await form.submit()
    await stage.settled()

    assert await room.message("We look.")


async def test_every_command_answers_in_a_sentence(stage: Stage, general: Room) -> None:
    await stage.declares("Search is slow")

    for typed, words in SAID.items():
        typing = partial(stage.alice.types, general, f"/incident {typed}")
        assert await answer_to(typing, stage.alice, general, words), typed

    await stage.settled()


async def test_a_viewer_may_look_but_not_touch(stage: Stage, general: Room) -> None:
    await stage.declares("Search is slow")
    carol = stage.sandbox.person("carol")
    await stage.is_viewer("carol")

    await carol.types(general, "/incident list")
    await carol.types(general, "/incident ack INC-1")

    assert await carol.ephemeral(general, "1 active incident")
    assert await carol.ephemeral(general, "You may not change incidents")


@pytest.mark.parametrize("state", [UserState.SUSPENDED, UserState.INACTIVE, UserState.DELETED])
async def test_who_was_put_out_does_nothing_in_slack_either(
    stage: Stage, general: Room, state: UserState
) -> None:
    carol = stage.sandbox.person("carol")
    await stage.is_viewer("carol")
    await stage.puts_out("carol", state)

    await carol.types(general, "/incident list")

    assert await carol.ephemeral(general, f"is {state}; ask an admin")


async def test_the_incidents_of_a_service_are_listed_by_its_name(
    stage: Stage, general: Room
) -> None:
    service = await a_service(stage, "checkout api")
    operator = the_operator(stage.organization_id)
    await stage.bus.execute(
        DeclareIncident(
            caller=operator, title="Orders fail", severity="high", service_ids=(service,)
        )
    )
    await stage.bus.execute(DeclareIncident(caller=operator, title="Other", severity="high"))

    await stage.alice.types(general, "/incident list service checkout")

    listed = await stage.alice.ephemeral(general, "1 active incident, newest first.")
    assert "Only those of checkout api." in listed.words
    assert "Orders fail" in listed.words
    await stage.settled()


async def test_the_severity_is_chosen_in_a_form_that_says_what_each_means(
    stage: Stage, general: Room
) -> None:
    room = await stage.declares("Search is slow")
    meaning = SeveritySettings(severity=Severity.CRITICAL, meaning="The shop is shut")
    await stage.bus.execute(
        EditIncidentSettings(caller=the_operator(stage.organization_id), severities=(meaning,))
    )
    await stage.alice.clicks(await stage.card(room), "Severity")
    form = await (await stage.alice.modal()).containing("How bad is it?")

    await form.fill({"How bad is it?": "Critical (SEV1)"})
    await form.submit()
    await stage.settled()

    assert "The shop is shut" in form.words
    assert "A nuisance; it can wait for office hours" in form.words
    assert await stage.alice.ephemeral(room, "INC-1 is Critical (SEV1).")
    assert "Critical (SEV1)" in (await stage.card(room)).words
