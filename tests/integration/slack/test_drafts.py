"""A draft is its author's own until it is published."""

import json
from urllib.parse import urlencode

import aiohttp
import pytest

from core.commands import (
    ChangeSeverity,
    CloseIncident,
    DeclareIncident,
    EditIncident,
    PostUpdate,
    PublishIncident,
    ResolveIncident,
)
from core.domain.incident import Incident
from core.domain.particulars import Mode
from core.domain.state import State
from sandbox.conversation.person import Person
from tests.fakes.people import the_operator
from tests.integration.slack.knocking import knock, signed
from tests.integration.slack.stage import Stage


async def drafted(stage: Stage) -> Incident:
    caller = the_operator(stage.organization_id)
    return await stage.bus.execute(
        DeclareIncident(caller=caller, title="Search is slow", severity="high", state=State.DRAFT)
    )


async def test_whatever_is_done_to_a_draft_nobody_sees_it(stage: Stage) -> None:
    draft = await drafted(stage)
    caller, id = the_operator(stage.organization_id), draft.id

    await stage.bus.execute(EditIncident(caller=caller, incident_id=id, title="Search is gone"))
    await stage.bus.execute(ChangeSeverity(caller=caller, incident_id=id, severity="sev1"))
    await stage.bus.execute(PostUpdate(caller=caller, incident_id=id, text="We look."))
    await stage.settled()

    assert await stage.sandbox.calls("chat.postMessage") == []
    assert await stage.sandbox.calls("conversations.create") == []


async def test_whatever_is_done_to_a_rehearsal_that_is_over_nobody_sees_it(stage: Stage) -> None:
    caller = the_operator(stage.organization_id)
    over = await stage.bus.execute(
        DeclareIncident(
            caller=caller, title="A drill", severity="high", state=State.RESOLVED, mode=Mode.TEST
        )
    )

    await stage.bus.execute(EditIncident(caller=caller, incident_id=over.id, title="The drill"))
    await stage.bus.execute(CloseIncident(caller=caller, incident_id=over.id))
    await stage.settled()

    assert await stage.sandbox.calls("chat.postMessage") == []
    assert await stage.sandbox.calls("conversations.create") == []


async def test_a_drill_that_never_had_a_channel_is_not_announced_as_open_for_ever(
    stage: Stage,
) -> None:
    await stage.sandbox.settings(restricted_actions=["conversations.create"])
    caller = the_operator(stage.organization_id)
    drill = DeclareIncident(caller=caller, title="A drill", severity="high", mode=Mode.TEST)
    id = (await stage.bus.execute(drill)).id
    await stage.settled()

    await stage.bus.execute(ResolveIncident(caller=caller, incident_id=id))
    await stage.settled()

    assert "is resolved" in (await stage.announcement()).text


async def test_a_published_draft_is_announced_and_has_its_channel(stage: Stage) -> None:
    draft = await drafted(stage)

    await stage.bus.execute(
        PublishIncident(caller=the_operator(stage.organization_id), incident_id=draft.id)
    )
    await stage.settled()

    assert "Search is slow" in (await stage.announcement()).words
    assert "Search is slow" in (await stage.card(await stage.room("inc-"))).words


@pytest.fixture(params=["bob", "carol"])
async def outsider(stage: Stage, request: pytest.FixtureRequest) -> Person:
    """Bob, an engineer, or Carol, who may only look."""
    if request.param == "carol":
        await stage.is_viewer("carol")
    return stage.sandbox.person(request.param)


@pytest.mark.parametrize(
    "typed",
    [
        "show INC-1",
        "ack INC-1",
        "update INC-1 We look.",
        "severity INC-1 sev1",
        "assign INC-1",
        "assign INC-1 me",
        "resolve INC-1 Restarted it.",
        "reopen INC-1",
    ],
)
async def test_no_command_knows_a_draft(stage: Stage, outsider: Person, typed: str) -> None:
    await drafted(stage)
    general = await stage.room("general")

    await outsider.types(general, f"/incident {typed}")

    assert (await outsider.ephemeral(general, "INC-1")).text == "There is no incident INC-1."


@pytest.mark.parametrize(
    "typed", ["update INC-1", "resolve INC-1", "severity INC-1", "role INC-1", "cancel INC-1"]
)
async def test_no_form_opens_for_a_draft(stage: Stage, typed: str) -> None:
    await drafted(stage)

    await stage.bob.types(await stage.room("general"), f"/incident {typed}")

    assert await (await stage.bob.modal()).containing("There is no incident INC-1.")


@pytest.mark.parametrize("resolved", [False, True])
@pytest.mark.parametrize(
    ("typed", "words"),
    [("list", "No incident is active;"), ("list all", "There is no incident yet.")],
)
async def test_no_list_shows_a_draft(
    stage: Stage, outsider: Person, typed: str, words: str, resolved: bool
) -> None:
    draft = await drafted(stage)
    if resolved:
        caller = the_operator(stage.organization_id)
        await stage.bus.execute(ResolveIncident(caller=caller, incident_id=draft.id))
    general = await stage.room("general")

    await outsider.types(general, f"/incident {typed}")

    assert await outsider.ephemeral(general, words)


async def test_a_draft_that_was_resolved_is_not_offered_for_reopening(stage: Stage) -> None:
    draft, general = await drafted(stage), await stage.room("general")
    caller = the_operator(stage.organization_id)
    await stage.bus.execute(ResolveIncident(caller=caller, incident_id=draft.id))

    await stage.bob.types(general, "/incident reopen")

    assert await stage.bob.ephemeral(general, "and there is none to choose from.")


async def test_quiet_incidents_take_no_place_and_no_count_in_the_list(stage: Stage) -> None:
    caller, general = the_operator(stage.organization_id), await stage.room("general")
    await stage.declares("Search is slow")
    for _ in range(21):
        quiet = await drafted(stage)
        await stage.bus.execute(ResolveIncident(caller=caller, incident_id=quiet.id))

    await stage.bob.types(general, "/incident list all")

    listed = await stage.bob.ephemeral(general, "newest first")
    assert "1 incident, newest first." in listed.words
    assert "INC-1" in listed.words
    assert "Older" not in listed.buttons


async def payload_of(stage: Stage, **rest: object) -> bytes:
    who = {"id": await stage.bob.id(), "team_id": stage.sandbox.world.workspace.team.id}
    team = {"id": stage.sandbox.world.workspace.team.id}
    payload = {"user": who, "team": team, "trigger_id": "1.2", "token": "t", **rest}
    return urlencode({"payload": json.dumps(payload)}).encode()


async def untouched(stage: Stage, draft: Incident) -> bool:
    row = (await stage.store.reads.incident(stage.organization_id, draft.id)).row
    return (row.state, row.version, row.assignee_id) == (State.DRAFT, draft.version, None)


@pytest.mark.parametrize("action", ["acknowledge", "assign_me", "resolve", "assign"])
async def test_no_press_moves_a_draft(stage: Stage, action: str) -> None:
    draft = await drafted(stage)
    press = {
        "action_id": f"incident.{action}",
        "block_id": f"incident.assign:{draft.id}",
        "type": "button",
        "value": draft.id,
        "selected_user": await stage.bob.id(),
    }
    container = {"type": "message", "channel_id": "C1", "message_ts": "1.2"}
    body = await payload_of(stage, type="block_actions", actions=[press], container=container)

    async with aiohttp.ClientSession() as client:
        status, _ = await knock(stage, client, body, signed(stage, body))

    assert (status, await untouched(stage, draft)) == (200, True)


@pytest.mark.parametrize("form", ["update", "resolve"])
async def test_no_form_that_is_sent_moves_a_draft(stage: Stage, form: str) -> None:
    draft = await drafted(stage)
    view = {
        "id": "V1",
        "type": "modal",
        "title": {"type": "plain_text", "text": "A form"},
        "callback_id": form,
        "private_metadata": json.dumps({"incident": draft.id}),
        "blocks": [{"type": "input", "block_id": "text"}],
        "state": {"values": {"text": {"text": {"type": "plain_text_input", "value": "Done."}}}},
    }
    body = await payload_of(stage, type="view_submission", view=view)

    async with aiohttp.ClientSession() as client:
        status, answer = await knock(stage, client, body, signed(stage, body))

    assert (status, await untouched(stage, draft)) == (200, True)
    assert f"There is no incident {draft.id}." in answer
