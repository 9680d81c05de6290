"""The buttons below an announcement, pressed by people who are not in the channel."""

from core.domain.severity import Severity
from core.domain.state import State
from tests.integration.slack.channels import known_as, now_is
from tests.integration.slack.stage import Stage


async def test_an_incident_is_worked_on_from_its_announcement_to_the_end(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    incidents = await stage.room("incidents")

    await stage.bob.clicks(await stage.announcement(), "Acknowledge")
    await stage.settled()
    await stage.bob.clicks(await stage.announcement(), "Assign me")
    await stage.settled()
    await stage.bob.clicks(await stage.announcement(), "Severity")
    form = await stage.bob.modal("How bad is it?")
    await form.fill({"How bad is it?": "Critical (SEV1)"})
    await form.submit()
    severity = await stage.bob.ephemeral(incidents, "INC-1 is Critical (SEV1).")
    await stage.bob.clicks(await stage.announcement(), "Update")
    form = await stage.bob.modal("What is the news?")
    await form.fill({"What is the news?": "Rolling back."})
    await form.submit()
    await stage.settled()
    working = (await stage.announcement()).words
    await stage.bob.clicks(await stage.announcement(), "Resolve")
    form = await stage.bob.modal("What fixed it?")
    await form.fill({"What fixed it?": "Rolled back."})
    await form.submit()
    await stage.settled()

    incident = (await now_is(stage)).incident
    assert (incident.state, incident.severity) == (State.RESOLVED, Severity.CRITICAL)
    assert incident.assignee_id == await known_as(stage, "bob")
    assert "Rolling back." in working
    assert severity.is_ephemeral
    assert await room.message("Rolling back.")
    assert "Resolved" in (await stage.announcement()).words


async def test_somebody_is_chosen_where_it_is_asked_who_works_on_it(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    await stage.bob.joins(room)
    await stage.bob.types(room, "/incident assign")
    question = await stage.bob.ephemeral(room, "Who works on INC-1?")

    await stage.bob.picks(question, "incident.assign", "@bob")
    await stage.settled()

    assert await stage.bob.ephemeral(room, "INC-1 is yours.")
    assert (await now_is(stage)).incident.assignee_id == await known_as(stage, "bob")
