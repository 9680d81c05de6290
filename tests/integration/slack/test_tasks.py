"""Tasks in the channel: typed, filled in, listed in one message, ticked off, left behind."""

from datetime import timedelta

from core.commands import AddFollowUp, DeclareIncident, DeleteFollowUp
from core.domain.follow_up import FollowUp, FollowUpStatus
from core.domain.ids import UserId
from core.ports import RecordQuery
from sandbox.conversation.card import Card
from sandbox.conversation.room import Room
from tests.fakes.people import the_operator
from tests.integration.slack.announced import direct
from tests.integration.slack.stage import Stage, now


async def kept(stage: Stage) -> list[FollowUp]:
    """As stored, oldest first."""
    page = await stage.store.reads.records(stage.organization_id, FollowUp, RecordQuery())
    return [*reversed(page.rows)]


async def the_list(room: Room, words: str = "📋") -> Card:
    """The message in the channel."""
    return await room.message(words)


async def test_a_typed_task_is_listed_in_the_channel_and_whose_it_is_hears_of_it(
    stage: Stage,
) -> None:
    room = await stage.declares("Search is slow")
    await stage.bob.joins(room)

    await stage.alice.types(room, "/incident task Roll back the release @bob due in 2h")
    await stage.settled()

    assert await stage.alice.ephemeral(room, "“Roll back the release” is task 1 of INC-1, due ")
    shown = await the_list(room)
    assert "One task of INC-1 is open" in shown.words
    assert "Roll back the release" in shown.words
    assert "due " in shown.words
    assert await room.reply(shown, "Task 1 of INC-1 is yours: Roll back the release")
    [task] = await kept(stage)
    assert task.due_at is not None
    assert timedelta(minutes=119) < task.due_at - now() <= timedelta(hours=2)


async def test_what_one_takes_oneself_is_told_to_nobody(stage: Stage) -> None:
    room = await stage.declares("Search is slow")

    await stage.alice.types(room, "/incident task me Watch the queue")
    await stage.settled()

    assert await room.thread(await the_list(room)) == []


async def test_too_few_words_open_the_form(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    await stage.alice.types(room, "/incident task")
    form = await (await stage.alice.modal()).containing("What is to be done?")
    due = now().replace(second=0, microsecond=0) + timedelta(hours=3)

    await form.fill(
        {
            "What is to be done?": "Tell the vendor <b> & *wait*",
            "Who does it?": "@bob",
            "Until when?": int(due.timestamp()),
        }
    )
    answer = await form.submit()
    await stage.settled()

    assert not answer.get("errors")
    assert await stage.alice.ephemeral(room, "“Tell the vendor <b> & *wait*” is task 1 of INC-1")
    [task] = await kept(stage)
    assert (task.title, task.due_at) == ("Tell the vendor <b> & *wait*", due)


async def test_what_is_no_time_to_come_is_refused_and_nothing_is_written_down(
    stage: Stage,
) -> None:
    room = await stage.declares("Search is slow")
    await stage.bob.joins(room)

    await stage.alice.types(room, "/incident task Look at it @bob due yesterday")
    await stage.alice.types(room, "/incident task Look at it by 2020-01-01 @bob")
    await stage.alice.types(room, "/incident task @bob due soon")
    await stage.settled()

    assert await stage.alice.ephemeral(room, "“yesterday” is no time; type it like “2h”")
    assert await stage.alice.ephemeral(room, "That time has passed")
    assert (await stage.alice.modal()).words.count("“soon” is no time; type it like “2h”") == 1
    assert await kept(stage) == []


async def test_what_is_left_to_be_done_is_read_like_a_typed_task(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    await stage.bob.joins(room)
    await stage.bob.types(room, "/incident tasks")
    await stage.alice.types(room, "/incident resolve")
    form = await (await stage.alice.modal()).containing("What fixed it?")

    lines = "- Write a check @bob due in 2h\nRead the logs"
    await form.fill({"What is left to be done?": lines})
    answer = await form.submit()
    await stage.settled()

    assert not answer.get("errors")
    first, second = sorted(await kept(stage), key=lambda one: one.title, reverse=True)
    assert (first.title, second.title) == ("Write a check", "Read the logs")
    assert first.assignee_id
    assert first.due_at
    assert timedelta(minutes=119) < first.due_at - now() <= timedelta(hours=2)
    assert (second.assignee_id, second.due_at) == (None, None)


async def test_each_line_that_cannot_be_a_task_is_told_at_the_field(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    await stage.alice.types(room, "/incident resolve")
    form = await (await stage.alice.modal()).containing("What fixed it?")

    lines = "Look at it due yesterday\nAsk @nobodyelse\n@alice due tomorrow\nWrite it down"
    await form.fill({"What is left to be done?": lines})
    errors = (await form.submit())["errors"]
    await stage.settled()

    assert set(errors) == {"follow_ups"}
    assert "“Look at it due yesterday”: “yesterday” is no time" in errors["follow_ups"]
    assert "“Ask @nobodyelse”: Nobody is called “nobodyelse”" in errors["follow_ups"]
    assert "“@alice due tomorrow”: Say what is to be done." in errors["follow_ups"]
    assert await kept(stage) == []


async def test_a_time_that_has_passed_is_refused_at_its_field(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    await stage.alice.types(room, "/incident task")
    form = await (await stage.alice.modal()).containing("What is to be done?")
    past = int((now() - timedelta(hours=1)).timestamp())

    await form.fill({"What is to be done?": "Roll back", "Until when?": past})
    answer = await form.submit()

    assert answer["errors"] == {"due_at": "That time has passed; a task is due at a later one."}
    assert await kept(stage) == []


async def test_the_button_of_a_task_ticks_it_off_for_everybody(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    await stage.alice.types(room, "/incident task Roll back")
    await stage.settled()

    await stage.alice.clicks(await the_list(room), "Done")
    await stage.settled()

    shown = await the_list(room, "All tasks of INC-1 are done.")
    assert "✅ Done: 1. Roll back" in shown.words
    assert "Done" not in shown.buttons
    assert [task.status for task in await kept(stage)] == [FollowUpStatus.COMPLETED]


async def test_who_is_late_hears_that_it_was_not_open_any_more(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    await stage.bob.joins(room)
    await stage.alice.types(room, "/incident task Roll back")
    await stage.settled()
    await stage.alice.clicks(await the_list(room), "Done")
    await stage.settled()

    await stage.bob.types(room, "/incident tasks done 1")

    assert await stage.bob.ephemeral(room, "The task “Roll back” was not open any more.")


async def test_a_number_ticks_a_task_off_and_an_unknown_one_is_said(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    await stage.alice.types(room, "/incident task Roll back")
    await stage.alice.types(room, "/incident task Call the vendor")
    await stage.alice.types(room, "/incident tasks done 2")
    await stage.alice.types(room, "/incident tasks done 7")
    await stage.settled()

    assert await stage.alice.ephemeral(room, "The task “Call the vendor” is done.")
    assert await stage.alice.ephemeral(room, "INC-1 has no task 7")
    open_ones = [task.title for task in await kept(stage) if task.outstanding]
    assert open_ones == ["Roll back"]


async def test_ones_own_list_is_shown_anew_when_something_of_it_is_done(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    await stage.alice.types(room, "/incident task Roll back")
    await stage.alice.types(room, "/incident tasks")
    own = await stage.alice.ephemeral(room, "One task of INC-1 is open")

    await stage.alice.clicks(own, "Done")

    assert await stage.alice.ephemeral(room, "All tasks of INC-1 are done.")
    await stage.settled()


async def test_a_task_is_given_to_somebody_else_in_a_form(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    await stage.bob.joins(room)
    await stage.alice.types(room, "/incident task Roll back")
    await stage.settled()
    await stage.alice.clicks(await the_list(room), "Change a task")
    form = await (await stage.alice.modal()).containing("What becomes of it?")

    await form.fill({"Who does it?": "@bob"})
    await form.submit()
    await stage.settled()

    assert await room.reply(await the_list(room), "Task 1 of INC-1 is yours: Roll back.")
    [task] = await kept(stage)
    assert task.outstanding


async def test_a_button_below_the_list_adds_another(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    await stage.alice.types(room, "/incident task Roll back")
    await stage.settled()
    await stage.alice.clicks(await the_list(room), "Add a task")
    form = await (await stage.alice.modal()).containing("What is to be done?")

    await form.fill({"What is to be done?": "Call the vendor"})
    await form.submit()
    await stage.settled()

    assert "2 tasks of INC-1 are open" in (await the_list(room)).words


async def test_what_is_open_at_the_end_is_said_and_goes_on(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    await stage.alice.types(room, "/incident task Add a test")
    await stage.settled()

    await stage.alice.types(room, "/incident resolve Rolled back.")
    await stage.settled()

    over = await room.message("✅")
    assert "It lasted " in over.words
    assert "It lasted " in over.wire["text"]
    assert "One task is still open and goes on as a follow-up:" in over.words
    assert "Add a test" in over.words
    await stage.alice.clicks(await the_list(room), "Done")
    await stage.settled()
    assert await the_list(room, "All tasks of INC-1 are done.")


async def test_what_a_program_adds_and_deletes_is_seen_in_the_channel(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    operator = the_operator(stage.organization_id)
    id = (await stage.store.reads.incident(stage.organization_id, "INC-1")).row.id
    wish = AddFollowUp(caller=operator, incident_id=id, title="Rotate the keys")
    task = await stage.bus.execute(wish)
    await stage.settled()
    listed = (await the_list(room)).words

    await stage.bus.execute(DeleteFollowUp(caller=operator, follow_up_id=task.id))
    await stage.settled()

    assert "Rotate the keys" in listed
    assert await the_list(room, "INC-1 has no tasks.")


async def test_who_may_only_look_adds_and_ticks_off_nothing(stage: Stage) -> None:
    await stage.is_viewer("bob")
    room = await stage.declares("Search is slow")
    await stage.bob.joins(room)
    await stage.alice.types(room, "/incident task Roll back")
    await stage.settled()

    await stage.bob.clicks(await the_list(room), "Done")
    await stage.bob.types(room, "/incident task Mine")
    await stage.bob.types(room, "/incident tasks done 1")
    await stage.settled()

    assert [(task.title, task.outstanding) for task in await kept(stage)] == [("Roll back", True)]
    refusals = [card.words for card in await stage.bob.ephemerals(room)]
    assert len([words for words in refusals if "not allowed" in words or "may" in words]) == 3


async def test_a_task_that_is_due_is_told_to_its_owner_in_person_and_done_there(
    stage: Stage,
) -> None:
    room = await stage.declares("Search is slow")
    await stage.bob.joins(room)
    await stage.alice.types(room, "/incident task Roll back the release @bob due in 2h")
    await stage.settled()

    await stage.passes(timedelta(hours=2, minutes=1))

    [im] = await direct(stage)
    reminder = await im.message("Task 1 of INC-1 is due: Roll back the release")
    assert reminder.buttons == ["Done", "Remind me in 1 d"]
    await stage.bob.clicks(reminder, "Done")
    await stage.settled()
    assert await stage.bob.ephemeral(im, "The task “Roll back the release” is done.")
    assert await the_list(room, "All tasks of INC-1 are done.")


async def test_who_may_not_know_of_a_private_incident_is_not_told_of_its_tasks(
    stage: Stage,
) -> None:
    general = await stage.room("general")
    for person in (stage.alice, stage.bob):
        await person.types(general, "/incident list mine")
    alice, bob = [await the_user(stage, name) for name in ("alice", "bob")]
    operator = the_operator(stage.organization_id)
    incident = await stage.bus.execute(
        DeclareIncident(
            caller=operator,
            title="Somebody read our mail",
            severity="high",
            assignee_id=alice,
            private=True,
        )
    )
    await stage.settled()

    await stage.bus.execute(
        AddFollowUp(
            caller=operator,
            incident_id=incident.id,
            title="Change the passwords",
            assignee_id=bob,
            due_at=stage.clock() + timedelta(hours=1),
        )
    )
    await stage.passes(timedelta(hours=1, minutes=1))

    room = await stage.room("inc-")
    assert await room.message("Task 1 of INC-1 is due: Change the passwords")
    told = [card.words for one in await direct(stage) for card in await one.messages()]
    assert not [words for words in told if "passwords" in words]


async def the_user(stage: Stage, name: str) -> UserId:
    email = f"{name}@example.com"
    user = await stage.store.directory.user_with_email(stage.organization_id, email)
    assert user
    return user.id


async def test_a_day_after_the_end_owners_hear_what_is_left(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    await stage.bob.joins(room)
    await stage.alice.types(room, "/incident task Add a test @bob")
    await stage.alice.types(room, "/incident task Write it down")
    await stage.alice.types(room, "/incident resolve Rolled back.")
    await stage.settled()

    await stage.passes(timedelta(hours=25))

    [im] = await direct(stage)
    told = await im.message("INC-1 is over, and this is still to be done.")
    assert ("Add a test" in told.words, "Write it down" in told.words) == (True, False)
    unowned = await room.message("INC-1 is over, and this is still to be done.")
    assert "Write it down" in unowned.words
    await stage.bob.clicks(told, "Remind me in 7 d")
    assert await stage.bob.ephemeral(im, "The next reminder about INC-1 comes in 7 d.")
    await stage.settled()
