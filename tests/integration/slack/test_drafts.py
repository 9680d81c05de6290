"""A draft is its author's own until it is published."""

from core.commands import ChangeSeverity, DeclareIncident, EditIncident, PostUpdate, PublishIncident
from core.domain.incident import Incident
from tests.fakes.people import the_operator
from tests.integration.slack.stage import Stage


async def drafted(stage: Stage) -> Incident:
    caller = the_operator(stage.organization_id)
    return await stage.bus.execute(
        DeclareIncident(caller=caller, title="Search is slow", severity="high", draft=True)
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


async def test_a_published_draft_is_announced_and_has_its_channel(stage: Stage) -> None:
    draft = await drafted(stage)

    await stage.bus.execute(
        PublishIncident(caller=the_operator(stage.organization_id), incident_id=draft.id)
    )
    await stage.settled()

    assert "Search is slow" in (await stage.announcement()).words
    assert "Search is slow" in (await stage.card(await stage.room("inc-"))).words
