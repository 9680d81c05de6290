"""A form that stays open while others go on: only what was changed in it is changed by it."""

from core.domain.incident import Incident
from core.domain.severity import Severity
from core.domain.state import Phase, State
from sandbox.conversation.form import Form
from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from tests.integration.slack.channels import now_is
from tests.integration.slack.stage import Stage

NEWS, PHASE = "What is the news?", "Where do we stand?"
KNOWN_BY = "Who may know of it?"
RADIO = "How bad is it?"


async def now_stands(stage: Stage) -> Incident:
    await stage.settled()
    return (await now_is(stage)).incident


async def opened(person: Person, room: Room, typed: str, words: str) -> Form:
    await person.types(room, f"/incident {typed}")
    return await (await person.modal()).containing(words)


async def both_in(stage: Stage, title: str) -> Room:
    room = await stage.declares(title)
    await stage.bob.joins(room)
    return room


async def announced(stage: Stage) -> list[str]:
    return [card.text for card in await (await stage.room("incidents")).messages()]


async def test_what_was_made_private_meanwhile_stays_so(stage: Stage) -> None:
    room = await both_in(stage, "Payroll leaked")
    form = await opened(stage.alice, room, "private", KNOWN_BY)
    await stage.bob.types(room, "/incident private INC-1 @bob")
    await stage.settled()
    before = await announced(stage)

    answer = await form.submit()

    assert not answer.get("errors")
    assert (await now_stands(stage)).private
    assert await announced(stage) == before


async def test_what_was_made_public_meanwhile_stays_so(stage: Stage) -> None:
    room = await both_in(stage, "Payroll leaked")
    form = await opened(stage.alice, room, "private INC-1", KNOWN_BY)
    await form.fill({KNOWN_BY: "Only its people"})
    await form.submit()
    await stage.settled()
    general = await stage.room("general")
    form = await opened(stage.alice, general, "private INC-1", KNOWN_BY)
    await stage.alice.types(general, "/incident private INC-1 off")
    await stage.settled()

    await form.submit()

    assert not (await now_stands(stage)).private


async def test_a_phase_that_was_left_as_shown_stays_what_others_made_of_it(stage: Stage) -> None:
    room = await both_in(stage, "Search is slow")
    form = await opened(stage.alice, room, "update", NEWS)
    his = await opened(stage.bob, room, "update", NEWS)
    await his.fill({PHASE: "Monitoring", NEWS: "A fix is out."})
    await his.submit()
    await stage.settled()

    await form.fill({NEWS: "We look at db1 as well."})
    await form.submit()

    assert (await now_stands(stage)).phase is Phase.MONITORING
    assert "Monitoring" in (await room.message("We look at db1 as well.")).words


async def test_a_phase_that_was_chosen_counts_whatever_it_was_meanwhile(stage: Stage) -> None:
    room = await both_in(stage, "Search is slow")
    form = await opened(stage.alice, room, "update", NEWS)
    his = await opened(stage.bob, room, "update", NEWS)
    await his.fill({PHASE: "Monitoring", NEWS: "A fix is out."})
    await his.submit()
    await stage.settled()

    await form.fill({PHASE: "Identified", NEWS: "It was not that."})
    await form.submit()

    assert (await now_stands(stage)).phase is Phase.IDENTIFIED


async def test_news_of_what_ended_meanwhile_is_refused_and_told_nowhere(stage: Stage) -> None:
    room = await both_in(stage, "Search is slow")
    form = await opened(stage.alice, room, "update", NEWS)
    await stage.bob.types(room, "/incident resolve Restarted")
    await stage.settled()
    before = await announced(stage)

    await form.fill({PHASE: "Monitoring", NEWS: "We look at db2 now."})
    errors = (await form.submit())["errors"]

    assert errors["text"].startswith("INC-1 was resolved by Bob Brook")
    assert "Your update is not posted" in errors["text"]
    incident = await now_stands(stage)
    assert (incident.state, incident.phase) == (State.RESOLVED, Phase.RESOLVED)
    assert await announced(stage) == before
    assert not [card for card in await room.messages() if "db2" in card.words]


async def test_words_are_added_to_what_is_over_by_a_form_that_was_opened_afterwards(
    stage: Stage,
) -> None:
    room = await both_in(stage, "Search is slow")
    await stage.bob.types(room, "/incident resolve Restarted")
    await stage.settled()
    form = await opened(stage.alice, room, "update", NEWS)

    await form.fill({NEWS: "It was db2."})
    await form.submit()
    await stage.settled()

    assert await stage.alice.ephemeral(room, "Your update on INC-1 is posted.")
    assert await room.message("It was db2.")


async def test_a_phase_stays_where_the_incident_was_chosen_in_the_form(stage: Stage) -> None:
    room = await both_in(stage, "Search is slow")
    his = await opened(stage.bob, room, "update", NEWS)
    await his.fill({PHASE: "Monitoring", NEWS: "A fix is out."})
    await his.submit()
    await stage.settled()
    general = await stage.room("general")
    form = await opened(stage.alice, general, "update", NEWS)

    await form.fill({"Which incident?": "INC-1 Search is slow", NEWS: "Still good."})
    await form.submit()

    assert (await now_stands(stage)).phase is Phase.MONITORING


async def test_a_severity_that_was_left_as_shown_stays_what_others_made_of_it(
    stage: Stage,
) -> None:
    room = await both_in(stage, "Search is slow")
    form = await opened(stage.alice, room, "severity", RADIO)
    await stage.bob.types(room, "/incident severity critical")
    await stage.settled()

    await form.submit()

    assert (await now_stands(stage)).severity is Severity.CRITICAL
    assert await stage.alice.ephemeral(room, "INC-1 is Critical (SEV1).")
