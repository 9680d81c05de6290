"""Channels that have served are archived, and come back when their incident goes on."""

from datetime import timedelta

import pytest

from tests.integration.slack.channels import (
    decided,
    declared,
    heard,
    in_thread,
    is_said,
    now_is,
    reopened,
    resolved,
    room_of,
)
from tests.integration.slack.stage import Stage

WEEKS = timedelta(days=15)


async def test_the_channel_of_what_has_been_over_for_long_is_archived(stage: Stage) -> None:
    incident = await declared(stage)
    await resolved(stage, incident)

    await stage.passes(timedelta(days=13))
    before = (await room_of(stage)).wire["is_archived"]
    await stage.passes(timedelta(days=2))

    assert not before
    assert (await room_of(stage)).wire["is_archived"]
    assert (await now_is(stage)).incident.archived_at
    assert not is_said("archived", await in_thread(stage))


async def test_what_goes_on_keeps_its_channel(stage: Stage) -> None:
    await declared(stage)

    await stage.passes(WEEKS)
    await stage.passes(WEEKS)

    assert not (await room_of(stage)).wire["is_archived"]


async def test_the_days_count_from_the_last_end(stage: Stage) -> None:
    incident = await declared(stage)
    await resolved(stage, incident)
    await stage.passes(timedelta(days=10))
    await reopened(stage, incident)
    await stage.passes(timedelta(days=10))
    await resolved(stage, incident)

    await stage.passes(timedelta(days=10))
    before = (await room_of(stage)).wire["is_archived"]
    await stage.passes(timedelta(days=6))

    assert not before
    assert (await room_of(stage)).wire["is_archived"]


async def test_an_organisation_may_keep_its_channels(stage: Stage) -> None:
    await decided(stage, archive_days=0)
    incident = await declared(stage)
    await resolved(stage, incident)

    await stage.passes(timedelta(days=400))

    assert not (await room_of(stage)).wire["is_archived"]


async def test_an_organisation_that_kept_its_channels_may_stop_doing_so(stage: Stage) -> None:
    await decided(stage, archive_days=0)
    incident = await declared(stage)
    await resolved(stage, incident)
    await stage.passes(WEEKS)

    await decided(stage, archive_days=14)
    at_once = (await room_of(stage)).wire["is_archived"]
    await stage.passes(timedelta(days=2))

    assert not at_once
    assert (await room_of(stage)).wire["is_archived"]


async def test_what_is_reopened_has_its_channel_back(stage: Stage) -> None:
    incident = await declared(stage)
    await resolved(stage, incident)
    await stage.passes(WEEKS)
    room = await room_of(stage)

    await reopened(stage, incident)

    again = await room_of(stage)
    assert (again.id, again.wire["is_archived"]) == (room.id, False)
    assert await again.message("reopened the incident")
    assert "Open" in (await stage.card(again)).words


@pytest.mark.parametrize("error", ["channel_not_found", "missing_scope"])
async def test_where_slack_does_not_give_it_back_another_one_opens(
    stage: Stage, error: str
) -> None:
    incident = await declared(stage)
    await resolved(stage, incident)
    await stage.passes(WEEKS)
    before = await room_of(stage)
    await stage.sandbox.fault("conversations.unarchive", "error", error=error)

    await reopened(stage, incident)

    after = await room_of(stage)
    assert after.id != before.id
    assert await after.message("reopened the incident")
    assert "Open" in (await stage.card(after)).words
    assert f"<#{after.id}>" in (await stage.announcement()).words


async def test_a_channel_that_people_archived_is_left_so(stage: Stage) -> None:
    incident = await declared(stage)
    room = await room_of(stage)
    await stage.alice.joins(room)
    await stage.alice.archives(room)
    await heard(stage, "archived")
    await resolved(stage, incident)

    await stage.passes(WEEKS)

    assert ("ArchiveChannel", "buried") not in stage.outcomes
    assert (await room_of(stage)).wire["is_archived"]


@pytest.mark.parametrize("kind", ["lost_reply", "rate_limited", "status"])
async def test_an_interrupted_archiving_is_made_good(stage: Stage, kind: str) -> None:
    incident = await declared(stage)
    await resolved(stage, incident)
    await stage.sandbox.fault("conversations.archive", kind)

    await stage.passes(WEEKS)

    assert (await room_of(stage)).wire["is_archived"]
    assert (await now_is(stage)).incident.archived_at
