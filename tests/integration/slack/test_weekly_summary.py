"""The week summed up in the digest channel, once, in words and in a picture."""

from datetime import timedelta

import pytest

from core.commands import DeclareIncident
from core.commands.settings import EditIncidentSettings
from core.domain.particulars import Mode
from core.domain.timer import TimerKind
from core.domain.weekly import WeeklySummary
from core.ports import RecordQuery
from sandbox.conversation.room import Room
from tests.fakes.people import the_operator
from tests.integration.slack.stage import Stage

WEEK = timedelta(days=7)


async def digest(stage: Stage) -> Room:
    room = await stage.alice.creates("digest")
    operator = the_operator(stage.organization_id)
    await stage.bus.execute(EditIncidentSettings(caller=operator, digest_channel="digest"))
    return room


async def until_it_is_due(stage: Stage) -> None:
    [timer] = (await stage.store.reads.timers(stage.organization_id, TimerKind.SUMMARY)).values()
    await stage.passes(timer.due_at - stage.clock() + timedelta(seconds=1))


async def summaries(room: Room) -> list[str]:
    cards = await (await room.fresh()).messages()
    return [card.words for card in cards if "The week of incidents" in card.words]


async def test_the_week_is_told_once_in_words_and_in_a_picture_that_says_the_same(
    stage: Stage,
) -> None:
    room = await digest(stage)
    operator = the_operator(stage.organization_id)
    await until_it_is_due(stage)  # to begin with the week that is known
    for title in ("Search is slow", "Checkout is down"):
        await stage.bus.execute(DeclareIncident(caller=operator, title=title, severity="high"))
    drill = DeclareIncident(caller=operator, title="A drill", severity="low", mode=Mode.TEST)
    await stage.bus.execute(drill)

    await until_it_is_due(stage)

    first, second = [
        card
        for card in await (await room.fresh()).messages()
        if "The week of incidents" in card.words
    ]
    assert "No incident was declared." in first.words
    assert "2 incidents were declared: 2 High (SEV2)." in second.words
    assert "2 incidents go on." in second.words
    [picture] = [block for block in second.blocks if block["type"] == "image"]
    assert "2 High (SEV2)" in picture["alt_text"]
    assert "Low" not in second.words + picture["alt_text"]
    [file] = await stage.sandbox.calls("files.completeUploadExternal")
    assert picture["slack_file"]["id"] in str(file)


async def test_after_a_long_sleep_only_the_last_week_is_told(stage: Stage) -> None:
    room = await digest(stage)

    await stage.passes(5 * WEEK)
    await stage.passes(timedelta(minutes=1))

    assert len(await summaries(room)) == 1
    page = await stage.store.reads.records(stage.organization_id, WeeklySummary, RecordQuery())
    assert [stage.clock() - row.until < WEEK for row in page.rows] == [True]


async def test_where_slack_takes_no_files_the_facts_are_told_all_the_same(stage: Stage) -> None:
    room = await digest(stage)
    await stage.sandbox.fault("files.getUploadURLExternal", "error", error="file_uploads_disabled")
    await stage.declares("Search is slow")
    await until_it_is_due(stage)

    await until_it_is_due(stage)

    told = await summaries(room)
    assert [words for words in told if "1 incident was declared: 1 Medium (SEV3)." in words]
    assert await stage.sandbox.calls("files.completeUploadExternal") == []


async def test_a_picture_that_slack_has_not_looked_at_yet_is_shown_a_little_later(
    stage: Stage,
) -> None:
    room = await digest(stage)
    operator = the_operator(stage.organization_id)
    await until_it_is_due(stage)
    await stage.bus.execute(DeclareIncident(caller=operator, title="Slow", severity="high"))
    await stage.settled()
    stage.sandbox.expects("invalid_content")
    await stage.sandbox.fault("chat.postMessage", "error", error="invalid_blocks", times=1)

    await until_it_is_due(stage)

    cards = await (await room.fresh()).messages()
    told = [card for card in cards if "1 incident was declared" in card.words]
    assert [any(one["type"] == "image" for one in card.blocks) for card in told] == [True]


@pytest.mark.parametrize("fault", ["rate_limited", "reset"])
async def test_a_summary_that_has_to_be_tried_again_sends_its_picture_once(
    stage: Stage, fault: str
) -> None:
    room = await digest(stage)
    operator = the_operator(stage.organization_id)
    await until_it_is_due(stage)
    await stage.bus.execute(DeclareIncident(caller=operator, title="Slow", severity="high"))
    await stage.settled()
    await stage.sandbox.fault("chat.postMessage", fault)

    await until_it_is_due(stage)

    assert len(await summaries(room)) == 2
    assert len(await stage.sandbox.calls("files.completeUploadExternal")) == 1


async def test_without_a_digest_channel_nothing_is_summed_up(stage: Stage) -> None:
    room = await digest(stage)
    operator = the_operator(stage.organization_id)
    await stage.bus.execute(EditIncidentSettings(caller=operator, digest_channel=""))

    await stage.passes(2 * WEEK)

    assert await summaries(room) == []
    assert await stage.store.reads.timers(stage.organization_id, TimerKind.SUMMARY) == {}
