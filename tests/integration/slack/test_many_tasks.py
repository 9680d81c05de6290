"""Tasks beyond the first twenty: seen, done and changed, a page at a time."""

from datetime import timedelta

from core.commands import AddFollowUp, EditFollowUp
from core.domain.follow_up import FollowUp, FollowUpStatus
from core.ports import RecordQuery
from sandbox.conversation.card import Card
from sandbox.conversation.form import Form
from sandbox.conversation.room import Room
from tests.fakes.people import the_operator
from tests.integration.slack.channels import now_is
from tests.integration.slack.stage import Stage, now

TITLE, WHO, DUE = "What is to be done?", "Who does it?", "Until when?"
INSTEAD = "Instead"


async def kept(stage: Stage) -> list[FollowUp]:
    """As stored, oldest first."""
    page = await stage.store.reads.records(stage.organization_id, FollowUp, RecordQuery(limit=100))
    return [*reversed(page.rows)]


async def with_tasks(stage: Stage, count: int) -> Room:
    room = await stage.declares("Search is slow")
    operator, id = the_operator(stage.organization_id), (await now_is(stage)).incident.id
    for number in range(1, count + 1):
        wish = AddFollowUp(caller=operator, incident_id=id, title=f"Step {number:02}")
        await stage.bus.execute(wish)
    await stage.settled()
    return room


async def leafed_to(stage: Stage, room: Room, listed: Card) -> Card:
    await stage.alice.clicks(listed, "Later")
    return await stage.alice.ephemeral(room, "Step 23")


async def change_form(stage: Stage, room: Room) -> Form:
    """Of the only task there is."""
    await stage.alice.clicks(await room.message("📋"), "Change a task")
    return await (await stage.alice.modal()).containing("What becomes of it?")


async def one_task(stage: Stage, typed: str) -> Room:
    room = await stage.declares("Search is slow")
    await stage.bob.joins(room)
    await stage.alice.types(room, f"/incident task {typed}")
    await stage.settled()
    return room


async def test_all_tasks_are_leafed_through_from_the_list_in_the_channel(stage: Stage) -> None:
    room = await with_tasks(stage, 23)
    standing = await room.message("📋 23 tasks of INC-1 are open.")

    await stage.alice.clicks(standing, "All tasks")
    first = await stage.alice.ephemeral(room, "1 to 20 of 23")
    second = await leafed_to(stage, room, first)
    await stage.alice.clicks(second, "Earlier")

    assert "and 3 more" in standing.words
    assert ("Step 20" in first.words, "Step 21" in first.words) == (True, False)
    assert ("Step 20" in second.words, "Step 21" in second.words) == (False, True)
    assert "21 to 23 of 23" in second.words
    assert "Later" not in second.buttons
    again = await stage.alice.ephemeral(room, "1 to 20 of 23")
    assert "Earlier" not in again.buttons


async def test_a_task_of_a_later_page_is_done_and_the_page_stays(stage: Stage) -> None:
    room = await with_tasks(stage, 23)
    await stage.alice.types(room, "/incident tasks")
    page = await leafed_to(stage, room, await stage.alice.ephemeral(room, "1 to 20 of 23"))

    await stage.alice.clicks(page, "Done: task 22 of INC-1")

    shown = await stage.alice.ephemeral(room, "22 tasks of INC-1 are open.")
    assert ("Step 20" in shown.words, "Step 21" in shown.words) == (False, True)
    assert "Step 22 · nobody yet · done" in shown.words
    await stage.settled()


async def test_a_task_of_a_later_page_is_picked_first_and_changed(stage: Stage) -> None:
    room = await with_tasks(stage, 23)
    await stage.alice.types(room, "/incident tasks")
    page = await leafed_to(stage, room, await stage.alice.ephemeral(room, "1 to 20 of 23"))
    await stage.alice.clicks(page, "Change a task")
    which = await (await stage.alice.modal()).containing("Which task?")
    offered = str(which.values["Which task?"])
    await which.fill({"Which task?": "22. Step 22"})

    await which.submit()
    form = await (await stage.alice.modal()).containing(TITLE)
    shown = form.values[TITLE]
    await form.fill({TITLE: "Step 22, but slowly"})
    await form.submit()
    await stage.settled()

    assert "21. Step 21" in offered
    assert shown == "Step 22"
    assert (await kept(stage))[21].title == "Step 22, but slowly"
    assert [task.title for task in await kept(stage)].count("Step 21") == 1


async def test_a_task_is_given_to_nobody_and_due_at_no_time_by_saying_so(stage: Stage) -> None:
    room = await one_task(stage, "Roll back @bob due in 2h")
    form = await change_form(stage, room)

    await form.fill({INSTEAD: ["Nobody does it yet", "It is due at no time"]})
    answer = await form.submit()
    await stage.settled()

    assert not answer.get("errors")
    [task] = await kept(stage)
    assert (task.title, task.assignee_id, task.due_at) == ("Roll back", None, None)


async def test_what_is_left_as_shown_stays_what_others_made_of_it(stage: Stage) -> None:
    room = await one_task(stage, "Roll back @bob due in 2h")
    [before] = await kept(stage)
    form = await change_form(stage, room)
    operator = the_operator(stage.organization_id)
    edit = EditFollowUp(
        caller=operator, follow_up_id=before.id, title="Roll back all", unassign=True, undated=True
    )
    await stage.bus.execute(edit)

    await form.fill({"What becomes of it?": "Nobody will do it"})
    answer = await form.submit()
    await stage.settled()

    assert not answer.get("errors")
    [task] = await kept(stage)
    assert (task.title, task.assignee_id, task.due_at) == ("Roll back all", None, None)
    assert task.status is FollowUpStatus.NOT_DOING


async def test_what_two_change_to_different_things_is_refused_at_its_field(stage: Stage) -> None:
    room = await one_task(stage, "Roll back")
    [before] = await kept(stage)
    form = await change_form(stage, room)
    operator = the_operator(stage.organization_id)
    await stage.bus.execute(
        EditFollowUp(caller=operator, follow_up_id=before.id, title="Roll back all")
    )

    await form.fill({TITLE: "Roll forward"})
    answer = await form.submit()

    assert set(answer["errors"]) == {"title"}
    assert "Roll back all" in answer["errors"]["title"]
    assert [task.title for task in await kept(stage)] == ["Roll back all"]


async def test_somebody_and_nobody_at_once_are_refused(stage: Stage) -> None:
    room = await one_task(stage, "Roll back @bob due in 2h")
    form = await change_form(stage, room)
    later = int((now() + timedelta(hours=9)).timestamp())

    await form.fill(
        {WHO: "@alice", DUE: later, INSTEAD: ["Nobody does it yet", "It is due at no time"]}
    )
    answer = await form.submit()

    assert set(answer["errors"]) == {"assignee_id", "due_at"}
    [task] = await kept(stage)
    assert task.assignee_id
    assert task.due_at
