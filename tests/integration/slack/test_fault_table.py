"""Slack's faults, one row each: what goes wrong, what people do, and what is seen of it."""

import pytest

from tests.integration.slack.stage import Stage
from tests.integration.slack.trouble_rows import gestures, places, refusals, replies
from tests.integration.slack.troubles import Play, Trouble, settles

TABLE = [*replies.ROWS, *refusals.ROWS, *places.ROWS, *gestures.ROWS]


@pytest.mark.parametrize("trouble", TABLE, ids=[row.name for row in TABLE])
async def test_what_goes_wrong_in_slack_is_made_good_or_told(
    stage: Stage, trouble: Trouble
) -> None:
    room = await stage.room("general")
    if not trouble.undeclared:
        room = await stage.declares("Search is slow")
        await stage.bob.joins(room)
    play = Play(stage=stage, room=room)
    for wrong in trouble.wrong:
        await wrong(play)

    for act in trouble.people:
        await act(play)
    await settles(play)

    if trouble.undeclared:
        play.room = await stage.room("inc-")
    for look in trouble.seen:
        await look(play)


def test_no_two_rows_have_the_same_name() -> None:
    names = [row.name for row in TABLE]

    assert sorted(names) == sorted(set(names))
