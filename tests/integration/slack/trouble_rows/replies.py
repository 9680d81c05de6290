"""Slack answers badly, late or not at all: everything is there in the end, and there once."""

from core.domain.state import State
from tests.integration.slack.troubles import (
    Look,
    Play,
    Trouble,
    channel_reads,
    fault,
    incident_is,
    is_answered,
    nothing_is_given_up,
    presses,
    settles,
    types,
)

CHANGES = (
    "chat.postMessage",
    "conversations.create",
    "conversations.join",
    "pins.add",
    "chat.update",
    "conversations.invite",
    "conversations.setTopic",
    "bookmarks.add",
)
DECLARES = types("/incident declare Search is slow", channel="general")
UPDATES = types("/incident update We look.")


async def all_of_it_is_there_once(play: Play) -> None:
    sandbox, room = play.stage.sandbox, await play.room.fresh()
    incidents = await play.stage.room("incidents")
    rooms = [one.name for one in await sandbox.channels() if one.name.startswith("inc-")]
    messages = await room.messages()
    assert len(rooms) == 1
    assert len([one for one in messages if "is open" in one.text]) == 1
    assert len([one for one in await incidents.messages() if "is open" in one.text]) == 1
    assert len([one for one in messages if one.wire.get("subtype") == "channel_topic"]) == 1
    assert [bookmark["title"] for bookmark in room.wire["bookmarks"]] == ["Announcement"]
    assert len(room.wire["pins"]) == 1


def _declaring(name: str, *methods: str, kind: str, **rule: int | str) -> Trouble:
    return Trouble(
        name=f"declaring: {name}",
        undeclared=True,
        wrong=tuple(fault(method, kind, **rule) for method in methods),
        people=(DECLARES,),
        seen=(all_of_it_is_there_once, nothing_is_given_up),
    )


def _updating(name: str, *looks: Look, kind: str, **rule: int) -> Trouble:
    return Trouble(
        name=f"an update: {name}",
        wrong=(fault("chat.postMessage", kind, **rule),),
        people=(UPDATES,),
        seen=(channel_reads("We look."), nothing_is_given_up, *looks),
    )


ROWS = [
    *(_declaring(f"the reply of {one} is lost", one, kind="lost_reply") for one in CHANGES),
    _declaring("every reply is lost once", *CHANGES, kind="lost_reply"),
    _declaring("every connection is reset once", *CHANGES, kind="reset"),
    _declaring("every method answers 500 once", *CHANGES, kind="status", status=500),
    _declaring("every method answers 502 once", *CHANGES, kind="status", status=502),
    _declaring("every method answers 503 once", *CHANGES, kind="status", status=503),
    _declaring("every method answers with HTML once", *CHANGES, kind="html", status=200),
    _declaring("every method answers half of it once", *CHANGES, kind="truncated_json"),
    _declaring("429 for every method once", *CHANGES, kind="rate_limited"),
    _declaring("429 three times for posts", "chat.postMessage", kind="rate_limited", times=3),
    _declaring(
        "429 three times for channels", "conversations.create", kind="rate_limited", times=3
    ),
    _declaring(
        "Slack moves the workspace", *CHANGES, kind="error", error="team_added_to_org", times=2
    ),
    _updating("three replies in a row are lost", kind="lost_reply", times=3),
    _updating("Slack breaks in the middle of it", kind="truncated_json"),
    _updating("429 for a while", kind="rate_limited", times=3),
    Trouble(
        name="a form: 429",
        wrong=(fault("views.open", "rate_limited"),),
        people=(types("/incident update"),),
        seen=(is_answered("alice", "Nothing was lost; please try once more."),),
    ),
    Trouble(
        name="a form: 500",
        wrong=(fault("views.open", "status"),),
        people=(types("/incident resolve"),),
        seen=(
            is_answered("alice", "Nothing was lost; please try once more."),
            incident_is(state=State.OPEN),
        ),
    ),
    Trouble(
        name="a form: its trigger ran out",
        wrong=(fault("views.open", "error", error="expired_trigger_id"),),
        people=(types("/incident"),),
        seen=(is_answered("alice", "Slack gave up waiting for the form"),),
    ),
    Trouble(
        name="an answer: its address fails",
        wrong=(fault("response_url", "status", times=0),),
        people=(presses("Acknowledge", "bob"),),
        seen=(
            incident_is(state=State.ACKNOWLEDGED),
            channel_reads("Bob Brook acknowledged the incident."),
        ),
    ),
    Trouble(
        name="all of Slack is away for a while",
        wrong=(fault("*", "status", status=503, times=4),),
        people=(UPDATES, settles),
        seen=(channel_reads("We look."), nothing_is_given_up),
    ),
]
