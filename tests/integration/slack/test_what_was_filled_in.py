"""What was filled in about an incident is read where it is worked on: call, links, own fields."""

import json
from base64 import b64decode
from typing import Any

from core.commands import AddCustomField, AddFieldOption, EditIncident
from core.commands.settings import EditIncidentSettings
from core.domain.incident_settings import FormField
from core.domain.particulars import FieldEntry
from sandbox.conversation.room import Room
from tests.fakes.people import the_operator
from tests.integration.slack.stage import Stage


async def edits(stage: Stage, **changes: Any) -> None:
    operator = the_operator(stage.organization_id)
    id = (await stage.store.reads.incident(stage.organization_id, "INC-1")).row.id
    await stage.bus.execute(EditIncident(caller=operator, incident_id=id, **changes))
    await stage.settled()


async def bookmarked(room: Room) -> dict[str, str]:
    """Title and link, without the announcement."""
    there = (await room.fresh()).wire["bookmarks"]
    return {one["title"]: one["link"] for one in there if one["title"] != "Announcement"}


async def test_the_call_and_the_links_are_read_on_the_card_and_open_from_the_bookmarks(
    stage: Stage,
) -> None:
    room = await stage.declares("Search is slow")
    await stage.alice.types(room, "/incident edit")
    form = await (await stage.alice.modal()).containing("INC-1")
    await form.fill(
        {
            "Links": "https://graphs.example.com/1\nthe wiki <!here>",
            "Call": "https://meet.example.com/war-room",
        }
    )

    await form.submit()
    await stage.settled()

    shown = (await stage.card(room)).words
    assert "*Call*\n<https://meet.example.com/war-room|Join the call>" in shown
    assert "<https://graphs.example.com/1|graphs.example.com/1>" in shown
    assert "the wiki &lt;!here&gt;" in shown
    assert "|Join the call>" in (await stage.announcement()).words
    assert await bookmarked(room) == {
        "Call": "https://meet.example.com/war-room",
        "graphs.example.com/1": "https://graphs.example.com/1",
    }


async def test_a_bookmark_of_a_call_or_a_link_that_is_another_now_leads_there(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    links = ("https://graphs.example.com/1", "https://graphs.example.com/2")
    await edits(stage, call_url="https://meet.example.com/first", links=links)
    await stage.alice.bookmarks(room, "graphs.example.com/3", "https://graphs.example.com/3")

    await edits(stage, call_url="https://meet.example.com/second", links=links[1:])

    assert "first" not in (await stage.card(room)).words
    assert await bookmarked(room) == {
        "Call": "https://meet.example.com/second",
        "graphs.example.com/2": "https://graphs.example.com/2",
        "graphs.example.com/3": "https://graphs.example.com/3",
    }


async def test_the_organisations_own_fields_are_read_on_the_card_and_when_asked(
    stage: Stage,
) -> None:
    operator = the_operator(stage.organization_id)
    region = await stage.bus.execute(
        AddCustomField(caller=operator, name="Region", type="multi_select")
    )
    for value in ("eu-1", "eu-2", "us-1"):
        await stage.bus.execute(AddFieldOption(caller=operator, field_id=region.id, value=value))
    orders = await stage.bus.execute(
        AddCustomField(caller=operator, name="Orders *lost*", type="text")
    )
    wanted = (FormField(field_id=region.id), FormField(field_id=orders.id))
    await stage.bus.execute(EditIncidentSettings(caller=operator, form_fields=wanted))
    await stage.alice.types(await stage.room("general"), "/incident")
    form = await (await stage.alice.modal()).containing("What is wrong?")
    await form.fill(
        {"What is wrong?": "Orders fail", "Region": ["eu-1", "us-1"], "Orders *lost*": "<!here> 42"}
    )

    await form.submit()
    room = await stage.sandbox.channel_named("inc-")
    await stage.settled()
    await stage.alice.types(room, "/incident status")

    shown = (await stage.card(room)).words
    assert "Region: eu-1, us-1" in shown
    assert "&lt;!here&gt; 42" in shown
    assert (await stage.alice.ephemeral(room, "Region: eu-1, us-1")).words


async def test_what_was_filled_in_stands_in_the_postmortem_and_in_the_export(stage: Stage) -> None:
    operator = the_operator(stage.organization_id)
    orders = await stage.bus.execute(
        AddCustomField(caller=operator, name="Orders lost", type="numeric")
    )
    room = await stage.declares("Search is slow")
    await edits(
        stage,
        call_url="https://meet.example.com/war-room",
        links=("https://graphs.example.com/1",),
        fields=(FieldEntry(field_id=orders.id, values=("42",)),),
    )
    await stage.alice.types(room, "/incident resolve A larger pool.")
    await stage.settled()

    await stage.alice.types(room, "/incident postmortem")
    await stage.alice.types(room, "/incident export json")
    await stage.settled()

    written = await room.canvas("**Severity:**")
    assert "- **Call:** [meet.example.com/war-room](https://meet.example.com/war-room)" in written
    assert "- **Orders lost:** 42" in written
    assert "## Links\n\n- [graphs.example.com/1](https://graphs.example.com/1)" in written
    assert (await exported(stage))["own_fields"] == {"Orders lost": ["42"]}


async def exported(stage: Stage) -> dict[str, Any]:
    direct = await stage.alice.opens_dm()
    card = await direct.message("Everything about INC-1")
    file = stage.sandbox.world.workspace.files[card.wire["files"][0]["id"]]
    told: dict[str, Any] = json.loads(b64decode(file.content))
    return told
