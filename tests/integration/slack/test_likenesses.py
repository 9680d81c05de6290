"""What looks like a new incident, as people see it in its channel and say what they think of it."""

from asyncio import gather
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.commands import AddProcedure, DeleteIncident, DeleteProcedure
from core.domain.ids import IncidentId
from core.domain.likeness import Verdict
from core.domain.procedure import Procedure, Step
from sandbox.conversation.card import Card
from sandbox.conversation.room import Room
from tests.fakes.people import the_operator
from tests.integration.slack.channels import now_is
from tests.integration.slack.stage import Stage, staged

TITLE = "Checkout answers 502, connection pool exhausted"
QUESTION = "Have we seen this before?"


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with staged(tmp_path, likenesses=True) as stage:
        yield stage


async def the_id(stage: Stage, reference: str) -> IncidentId:
    return (await stage.store.reads.incident(stage.organization_id, reference)).row.id


async def happened_before(stage: Stage) -> None:
    """INC-1, and what fixed it."""
    room = await stage.declares(TITLE)
    await stage.alice.types(room, "/incident resolve Restarted PgBouncer.")
    await stage.settled()


async def happens_again(stage: Stage) -> Room:
    """INC-2; its channel."""
    general = await stage.room("general")
    await stage.alice.types(general, f"/incident declare {TITLE} again")
    await stage.settled()
    incident = await stage.store.reads.incident(stage.organization_id, "INC-2")
    return await stage.room(incident.row.channel_name)


async def a_procedure(stage: Stage) -> Procedure:
    return await stage.bus.execute(
        AddProcedure(
            caller=the_operator(stage.organization_id),
            title="Connection pool exhausted: checkout answers 502",
            steps=(
                Step(title="Look at the pool", command="psql -c 'SHOW POOLS'"),
                Step(title="Restart it", instructions="One host after the other."),
            ),
        )
    )


async def asked(room: Room) -> list[Card]:
    return [card for card in await room.messages() if QUESTION in card.words]


async def test_the_channel_of_a_new_incident_says_what_it_looks_like(stage: Stage) -> None:
    await happened_before(stage)

    room = await happens_again(stage)

    [card] = await asked(room)
    old = await stage.store.reads.incident(stage.organization_id, "INC-1")
    assert f"INC-1* {TITLE} · <#{old.row.channel_id}>" in card.words
    assert "What fixed it: Restarted PgBouncer." in card.words
    assert "\nVery likely: both mention " in card.words
    assert card.buttons == ["Same cause", "Not related"]
    assert card.text == f"INC-2 looks like INC-1 “{TITLE}”."


async def test_it_stands_below_the_card(stage: Stage) -> None:
    await happened_before(stage)

    room = await happens_again(stage)

    [card] = await asked(room)
    assert (await stage.card(room)).ts < card.ts


async def test_an_incident_like_no_other_has_no_such_message(stage: Stage) -> None:
    await happened_before(stage)
    await stage.alice.types(await stage.room("general"), "/incident declare Printers jam")
    await stage.settled()

    incident = await stage.store.reads.incident(stage.organization_id, "INC-2")

    assert await asked(await stage.room(incident.row.channel_name)) == []


async def test_a_verdict_is_written_into_the_message(stage: Stage) -> None:
    await happened_before(stage)
    room = await happens_again(stage)
    [card] = await asked(room)

    await stage.bob.clicks(card, "Same cause")
    await stage.settled()

    [card] = await asked(room)
    assert "👍 Same cause, says Bob Brook" in card.words
    assert card.buttons == ["Take back"]
    [row] = await stage.store.reads.likenesses(stage.organization_id, await the_id(stage, "INC-2"))
    assert (row.verdict, row.judged_by) == (Verdict.SAME_CAUSE, "Bob Brook")


async def test_a_verdict_can_be_taken_back(stage: Stage) -> None:
    await happened_before(stage)
    room = await happens_again(stage)
    [card] = await asked(room)
    await stage.bob.clicks(card, "Not related")
    await stage.settled()
    [card] = await asked(room)
    assert "👎 Not related, says Bob Brook" in card.words
    assert "PgBouncer" not in card.words

    await stage.alice.clicks(card, "Take back")
    await stage.settled()

    [card] = await asked(room)
    assert card.buttons == ["Same cause", "Not related"]
    assert "What fixed it: Restarted PgBouncer." in card.words


async def test_a_viewer_is_told_why_nothing_happens(stage: Stage) -> None:
    await happened_before(stage)
    room = await happens_again(stage)
    await stage.is_viewer("carol")
    carol = stage.sandbox.person("carol")
    await stage.alice.invites(room, "carol")
    [card] = await asked(room)

    await carol.clicks(card, "Same cause")

    assert await carol.ephemeral(room, "You may not change incidents; ask an engineer")
    [card] = await asked(room)
    assert card.buttons == ["Same cause", "Not related"]


async def test_a_procedure_is_run_from_there_and_its_steps_are_read(stage: Stage) -> None:
    await a_procedure(stage)
    room = await stage.declares(TITLE)
    [card] = await asked(room)

    await stage.bob.clicks(card, "Run procedure")
    await stage.settled()

    steps = await room.message("Bob Brook runs the procedure")
    assert "1. Look at the pool" in steps.words
    assert "psql -c 'SHOW POOLS'" in steps.words
    assert "2. Restart it\nOne host after the other." in steps.words


async def test_two_people_who_press_at_once_run_it_once(stage: Stage) -> None:
    await a_procedure(stage)
    room = await stage.declares(TITLE)
    await stage.bob.joins(room)
    [card] = await asked(room)

    await gather(stage.alice.clicks(card, "Run procedure"), stage.bob.clicks(card, "Run procedure"))
    await stage.settled()

    runs = [one for one in await room.messages() if "runs the procedure" in one.text]
    assert len(runs) == 1


async def test_who_presses_second_is_told_who_was_first(stage: Stage) -> None:
    await a_procedure(stage)
    room = await stage.declares(TITLE)
    await stage.bob.joins(room)
    [card] = await asked(room)
    await stage.alice.clicks(card, "Run procedure")
    await stage.settled()

    await stage.bob.clicks(card, "Run procedure")

    assert await stage.bob.ephemeral(room, "Alice Archer started “Connection pool")
    await stage.settled()


async def test_its_steps_are_posted_once_though_the_answer_was_lost(stage: Stage) -> None:
    await a_procedure(stage)
    room = await stage.declares(TITLE)
    [card] = await asked(room)
    await stage.sandbox.fault("chat.postMessage", "lost_reply")

    await stage.bob.clicks(card, "Run procedure")
    await stage.settled()

    assert ("PostExecution", "postponed") in stage.outcomes
    runs = [one for one in await room.messages() if "runs the procedure" in one.text]
    assert len(runs) == 1


async def test_who_runs_it_from_a_private_answer_reads_where_the_steps_are(stage: Stage) -> None:
    await a_procedure(stage)
    room = await stage.declares(TITLE)
    general = await stage.room("general")
    await stage.bob.types(general, "/incident similar INC-1")
    answer = await stage.bob.ephemeral(general, "INC-1 looks like these")

    await stage.bob.clicks(answer, "Run procedure")

    assert await stage.bob.ephemeral(general, "its steps are posted in the channel")
    assert await room.message("Bob Brook runs the procedure")
    await stage.settled()


@pytest.mark.parametrize("fault", ["lost_reply", "rate_limited"])
async def test_a_verdict_is_seen_though_slack_stumbles(stage: Stage, fault: str) -> None:
    await happened_before(stage)
    room = await happens_again(stage)
    [card] = await asked(room)
    await stage.sandbox.fault("chat.update", fault)

    await stage.bob.clicks(card, "Same cause")
    await stage.settled()

    [card] = await asked(room)
    assert "👍 Same cause, says Bob Brook" in card.words


async def test_a_message_that_somebody_deleted_comes_back_with_the_next_verdict(
    stage: Stage,
) -> None:
    await happened_before(stage)
    room = await happens_again(stage)
    [card] = await asked(room)
    await stage.sandbox.fault("chat.update", "error", error="message_not_found")

    await stage.bob.clicks(card, "Same cause")
    await stage.settled()

    assert "👍 Same cause, says Bob Brook" in (await asked(room))[-1].words


async def the_postmortem(stage: Stage, room: Room) -> str:
    """Of INC-2, as everybody reads it in its channel."""
    await stage.alice.types(room, "/incident resolve Restarted it again.")
    await stage.settled()
    await stage.alice.types(room, "/incident postmortem")
    await stage.settled()
    return await room.canvas("**Severity:**")


async def test_the_postmortem_tells_what_is_similar_and_what_fixed_it(stage: Stage) -> None:
    await happened_before(stage)
    room = await happens_again(stage)

    written = await the_postmortem(stage, room)

    _, _, similar = written.partition("## Similar incidents")
    assert "INC-1" in similar
    assert TITLE in similar
    assert "Restarted PgBouncer." in similar


async def test_the_postmortem_is_silent_on_what_is_not_related(stage: Stage) -> None:
    await happened_before(stage)
    room = await happens_again(stage)
    [card] = await asked(room)
    await stage.bob.clicks(card, "Not related")
    await stage.settled()

    written = await the_postmortem(stage, room)

    assert "Similar incidents" not in written
    assert "PgBouncer" not in written


async def test_the_postmortem_is_silent_on_what_not_everybody_may_know_of(stage: Stage) -> None:
    await happened_before(stage)
    room = await happens_again(stage)
    await stage.alice.types(await stage.room("general"), "/incident private INC-1 me")
    await stage.settled()

    written = await the_postmortem(stage, room)

    assert (await now_is(stage)).incident.private
    assert "Similar incidents" not in written
    assert "PgBouncer" not in written


async def test_a_procedure_that_is_gone_says_so(stage: Stage) -> None:
    procedure = await a_procedure(stage)
    room = await stage.declares(TITLE)
    [card] = await asked(room)
    await stage.bus.execute(
        DeleteProcedure(caller=the_operator(stage.organization_id), procedure_id=procedure.id)
    )
    await stage.bob.joins(room)

    await stage.bob.clicks(card, "Run procedure")

    assert await stage.bob.ephemeral(room, "This procedure was deleted meanwhile.")
    await stage.settled()


async def test_a_procedure_that_is_gone_leaves_the_message(stage: Stage) -> None:
    procedure = await a_procedure(stage)
    room = await stage.declares(TITLE)
    assert "Run procedure" in (await asked(room))[0].buttons

    await stage.bus.execute(
        DeleteProcedure(caller=the_operator(stage.organization_id), procedure_id=procedure.id)
    )
    await stage.settled()

    assert await asked(room) == []
    assert await room.message("Nothing is left that INC-1 looked like.")


@pytest.mark.parametrize("fault", ["lost_reply", "reset", "status"])
async def test_a_lost_answer_is_no_second_message(stage: Stage, fault: str) -> None:
    await happened_before(stage)
    await stage.sandbox.fault("chat.postMessage", fault, nth=3)

    room = await happens_again(stage)
    await stage.settled()

    assert ("RefreshLikenesses", "postponed") in stage.outcomes
    assert len(await asked(room)) == 1


async def test_what_it_looked_like_may_be_deleted(stage: Stage) -> None:
    await happened_before(stage)
    room = await happens_again(stage)
    [card] = await asked(room)
    await stage.bus.execute(
        DeleteIncident(
            caller=the_operator(stage.organization_id), incident_id=await the_id(stage, "INC-1")
        )
    )
    await stage.bob.joins(room)

    await stage.bob.clicks(card, "Same cause")

    assert await stage.bob.ephemeral(room, "This incident was deleted meanwhile.")
    await stage.settled()
