"""Reminders of tasks, answered with their buttons: put off, done in person, and in the channel."""

from datetime import timedelta

from tests.integration.slack.announced import direct
from tests.integration.slack.stage import Stage


async def test_tasks_are_put_off_and_done_from_what_reminds_of_them(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    await stage.bob.joins(room)
    await stage.alice.types(room, "/incident task Add a test @bob due in 2h")
    await stage.alice.types(room, "/incident task Write it down")
    await stage.settled()
    await stage.passes(timedelta(hours=2, minutes=1))
    [im] = await direct(stage)
    due = await im.message("Task 1 of INC-1 is due: Add a test")
    await stage.bob.clicks(due, "Remind me in 1 d")
    put_off = await stage.bob.ephemeral(im, "The next reminder about INC-1 comes in 1 d.")
    await stage.alice.types(room, "/incident resolve Rolled back.")
    await stage.settled()
    await stage.passes(timedelta(hours=24, minutes=1))

    own = await im.message("INC-1 is over, and this is still to be done.")
    again = await im.message("Task 1 of INC-1 is due: Add a test")
    await stage.bob.clicks(own, "Done")
    told = await stage.bob.ephemeral(im, "The task “Add a test” is done.")
    unowned = await room.message("INC-1 is over, and this is still to be done.")
    await stage.alice.clicks(unowned, "Done")
    await stage.settled()

    assert put_off.is_ephemeral
    assert again.ts != due.ts
    assert told.is_ephemeral
    shown = await room.message("All tasks of INC-1 are done.")
    assert ("1. Add a test" in shown.words, "2. Write it down" in shown.words) == (True, True)
