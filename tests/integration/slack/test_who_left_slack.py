"""Whoever has left Slack is given nothing any more, and keeps what was theirs."""

from datetime import timedelta

from bot.incident_settings import settings_of
from core.commands import AddUser
from core.domain.account import Role
from core.domain.follow_up import FollowUp
from core.domain.severity import Severity
from core.ports import RecordQuery
from sandbox.conversation.form import Form
from sandbox.conversation.room import Room
from tests.fakes.people import the_operator
from tests.integration.slack.stage import Stage
from tests.integration.slack.windows import in_hours

HAS_LEFT = "Bob Brook has left Slack; name somebody else."
WHO = "Who does it?"


async def known(stage: Stage) -> None:
    """Bob has been here, so Tocsin knows who that is without asking Slack."""
    await stage.bob.types(await stage.room("general"), "/incident list")


async def tasks(stage: Stage) -> list[FollowUp]:
    page = await stage.store.reads.records(stage.organization_id, FollowUp, RecordQuery())
    return [*page.rows]


async def task_form(stage: Stage, room: Room) -> Form:
    await stage.alice.clicks(await room.message("📋"), "Change a task")
    return await (await stage.alice.modal()).containing("What becomes of it?")


async def test_who_left_gets_no_older_task_and_is_let_into_nothing_private(stage: Stage) -> None:
    await known(stage)
    room = await stage.declares("Payroll leaked")
    await stage.alice.types(room, "/incident task Roll back")
    await stage.settled()
    form = await task_form(stage, room)
    await form.fill({WHO: "@bob"})
    await stage.bob.is_deactivated()

    given = await form.submit()
    await stage.alice.types(room, "/incident private")
    members = await stage.alice.modal("Who may know of it?")
    await members.fill({"Members": ["@bob"]})
    let_in = await members.submit()
    await stage.alice.types(room, "/incident private @bob")
    await stage.settled()

    assert given["errors"] == {"assignee_id": HAS_LEFT}
    assert let_in["errors"] == {"add": HAS_LEFT}
    assert await stage.alice.ephemeral(room, HAS_LEFT)
    [task] = await tasks(stage)
    row = (await stage.store.reads.incident(stage.organization_id, "INC-1")).row
    assert (task.assignee_id, row.members, row.private) == (None, (), False)


async def test_who_left_keeps_a_task_that_somebody_ticks_off_in_the_form(stage: Stage) -> None:
    await known(stage)
    room = await stage.declares("Search is slow")
    await stage.alice.types(room, "/incident task Roll back @bob")
    await stage.settled()
    await stage.bob.is_deactivated()
    form = await task_form(stage, room)

    await form.fill({WHO: "@bob", "What becomes of it?": "It is done"})
    answer = await form.submit()
    await stage.settled()

    assert not answer.get("errors")
    [task] = await tasks(stage)
    assert (task.status, bool(task.assignee_id)) == ("completed", True)


async def test_who_left_is_not_invited_and_not_named_for_maintenance(stage: Stage) -> None:
    operator, general = the_operator(stage.organization_id), await stage.room("general")
    await stage.bus.execute(
        AddUser(caller=operator, email="alice@example.com", name="Alice", role=Role.ADMIN)
    )
    await known(stage)
    await stage.alice.types(general, "/incident settings")
    menu = await stage.alice.modal("Language and time zone")
    await menu.clicks("Change: Severities")
    page = await menu.containing("Down, or data at risk")
    await page.clicks("Change: High (SEV2)")
    severity = await page.containing("Whom the announcement calls")
    await severity.fill({"Who is invited into every channel": ["@bob"]})
    await stage.bob.is_deactivated()

    invited = await severity.submit()
    await stage.alice.types(general, "/maintenance New database")
    window = await (await stage.alice.modal()).containing("What is done?")
    start = in_hours(stage, 30)
    times = {"Start": start, "End": start + timedelta(hours=2)}
    await window.fill({name: int(at.timestamp()) for name, at in times.items()})
    await window.fill({"Owner": "@bob", "Tell people": ["@bob"]})
    planned = await window.submit()
    await window.fill({"Owner": "@alice"})
    told = await window.submit()

    assert invited["errors"] == {"settings.invitees": HAS_LEFT}
    assert planned["errors"] == {"notify_user_ids": HAS_LEFT}
    assert told["errors"] == {"notify_user_ids": HAS_LEFT}
    settings = await settings_of(stage.store.reads, stage.organization_id)
    assert settings.of(Severity.HIGH).invitees == ()
    await stage.settled()
