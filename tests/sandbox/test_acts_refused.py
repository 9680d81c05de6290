"""What Slack's own client would not let people do, the control API does not let them do either."""

from itertools import islice
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.conversation.control import SandboxRefused
from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.facts.emoji import NAMED_OTHERWISE
from sandbox.server import Sandbox
from tests.sandbox.asking import modal, plain
from tests.sandbox.listening_app import ListeningApp
from tests.sandbox.triggers import trigger_of

NAMES = [
    ("", "invalid_name_required"),
    ("x" * 81, "invalid_name_maxlength"),
    ("___", "invalid_name_punctuation"),
    ("War ROOM!! <x>", "invalid_name_specials"),
    ("incidents", "name_taken"),
]


@pytest.fixture
async def dm(alice: Person) -> Room:
    return await alice.opens_dm("bob")


@pytest.fixture
async def attic(alice: Person) -> Room:
    """An archived channel with alice in it."""
    room = await alice.creates("attic")
    await alice.archives(room)
    return room


async def refused(sandbox: Sandbox, code: str, act: str, **parts: Any) -> None:
    """The act is refused with a sentence, and nothing comes of it."""
    before = await sandbox.snapshot()

    with pytest.raises(SandboxRefused, match=code) as refusal:
        await sandbox.control.act(act, **{"user": "alice", **parts})

    assert str(refusal.value).endswith(".")
    assert await sandbox.snapshot() == before


@pytest.mark.parametrize(("name", "code"), NAMES)
async def test_channels_have_proper_names(
    sandbox: Sandbox, alice: Person, name: str, code: str
) -> None:
    room = await alice.creates("lobby")

    await refused(sandbox, code, "create_channel", name=name)
    await refused(sandbox, code, "rename", channel=room.id, name=name)


async def test_the_longest_name_and_the_longest_text_fit(
    sandbox: Sandbox, alice: Person, general: Room
) -> None:
    assert (await alice.creates("x" * 80)).name == "x" * 80
    assert await alice.types(general, "y" * 40_000)


@pytest.mark.parametrize(
    ("act", "parts"),
    [
        ("rename", {"name": "other"}),
        ("archive", {}),
        ("leave", {}),
        ("invite", {"users": ["carol"]}),
        ("kick", {"who": "bob"}),
        ("set_topic", {"topic": "Between us"}),
    ],
)
async def test_direct_messages_are_no_channels(
    sandbox: Sandbox, dm: Room, act: str, parts: dict[str, Any]
) -> None:
    await refused(sandbox, "not_allowed", act, channel=dm.id, **parts)


@pytest.mark.parametrize(
    ("act", "code"), [("archive", "cant_archive_general"), ("leave", "cant_leave_general")]
)
async def test_the_channel_of_everybody_stays_so(sandbox: Sandbox, act: str, code: str) -> None:
    await refused(sandbox, code, act, channel="general")


@pytest.mark.parametrize(
    ("act", "parts"),
    [("rename", {"name": "cellar"}), ("invite", {"users": ["bob"]}), ("leave", {}), ("join", {})],
)
async def test_archived_channels_stay_as_they_are(
    sandbox: Sandbox, attic: Room, act: str, parts: dict[str, Any]
) -> None:
    await refused(sandbox, "is_archived", act, channel=attic.id, **parts)


@pytest.mark.parametrize(
    ("act", "parts"),
    [("rename", {"name": "ours"}), ("archive", {}), ("invite", {"users": ["carol"]})],
)
async def test_only_those_inside_change_a_channel(
    sandbox: Sandbox, room: Room, act: str, parts: dict[str, Any]
) -> None:
    await refused(sandbox, "not_in_channel", act, user="bob", channel=room.id, **parts)


async def test_only_its_maker_and_administrators_rename_a_channel(
    sandbox: Sandbox, alice: Person, bob: Person
) -> None:
    hers = await alice.creates("hers")
    await alice.invites(hers, "bob")
    his = await bob.creates("his")
    await bob.invites(his, "alice")

    await refused(sandbox, "not_authorized", "rename", user="bob", channel=hers.id, name="mine")
    await bob.renames(his, "bobs")
    await alice.renames(his, "alices")


async def test_somebody_stays_in_a_private_channel(sandbox: Sandbox, alice: Person) -> None:
    secret = await alice.creates("secret", private=True)

    await refused(sandbox, "last_member", "leave", channel=secret.id)


@pytest.mark.parametrize(
    ("user", "code"), [("slackbot", "cant_invite"), ("bob", "user_not_active")]
)
async def test_who_is_not_there_is_not_invited(
    sandbox: Sandbox, alice: Person, bob: Person, user: str, code: str
) -> None:
    room = await alice.creates("lobby")
    await bob.is_deactivated()

    await refused(sandbox, code, "invite", channel=room.id, users=[user])


async def test_nobody_removes_themselves(sandbox: Sandbox, room: Room) -> None:
    await refused(sandbox, "cant_kick_self", "kick", channel=room.id, who="alice")


@pytest.mark.parametrize("act", ["create_channel", "open_dm", "react", "archive", "open_home"])
async def test_those_who_left_do_nothing(
    sandbox: Sandbox, alice: Person, bob: Person, general: Room, act: str
) -> None:
    said = (await alice.types(general, "Hello"))["message"]["ts"]
    await bob.is_deactivated()

    parts = {"channel": "incidents", "ts": said, "name": "wave"}
    if act == "react":
        parts["channel"] = general.id
    await refused(sandbox, "user_not_active", act, user="bob", **parts)


async def test_reactions_are_emoji_and_each_is_given_once(
    sandbox: Sandbox, alice: Person, general: Room
) -> None:
    said = (await alice.types(general, "Hello"))["message"]["ts"]
    place = {"channel": general.id, "ts": said}

    await refused(sandbox, "invalid_name", "react", **place, name="no such emoji!")
    await refused(sandbox, "no_reaction", "unreact", **place, name="eyes")
    await sandbox.control.act("react", user="alice", **place, name="eyes")
    await refused(sandbox, "already_reacted", "react", **place, name="eyes")


async def test_a_message_bears_so_many_emoji(
    sandbox: Sandbox, alice: Person, general: Room
) -> None:
    said = (await alice.types(general, "Hello"))["message"]["ts"]
    place = {"channel": general.id, "ts": said}
    names = iter(sorted(NAMED_OTHERWISE))

    for user, most in (("alice", 23), ("bob", 23), ("carol", 4)):
        for name in islice(names, most):
            await sandbox.control.act("react", user=user, **place, name=name)

    await refused(sandbox, "too_many_emoji", "react", user="carol", **place, name=next(names))
    shared = sorted(NAMED_OTHERWISE)[23]
    await refused(sandbox, "too_many_reactions", "react", **place, name=shared)
    await sandbox.control.act("react", user="carol", **place, name=shared)


@pytest.mark.parametrize(("act", "parts"), [("react", {"name": "eyes"}), ("pin", {})])
async def test_private_answers_are_not_marked(
    sandbox: Sandbox,
    slack: AsyncWebClient,
    room: Room,
    alice: Person,
    act: str,
    parts: dict[str, str],
) -> None:
    await slack.chat_postEphemeral(channel=room.id, user=await alice.id(), text="Only you")
    card = await alice.ephemeral(room, "Only you")

    await refused(sandbox, "message_not_found", act, channel=room.id, ts=card.ts, **parts)


async def test_comings_and_goings_are_not_pinned(
    sandbox: Sandbox, alice: Person, bob: Person, general: Room
) -> None:
    await bob.joins("incidents")
    room = await alice.creates("lobby")
    joined = (await room.messages())[0]

    await refused(sandbox, "not_pinnable", "pin", channel=room.id, ts=joined.ts)


@pytest.mark.parametrize("act", ["post", "edit"])
async def test_nobody_writes_a_novel(
    sandbox: Sandbox, alice: Person, general: Room, act: str
) -> None:
    said = (await alice.types(general, "Hello"))["message"]["ts"]

    parts = {"channel": general.id, "ts": said, "text": "x" * 40_001}
    await refused(sandbox, "msg_too_long", act, **parts)


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"name": ""}, "name"),
        ({"name": "Dave Dent"}, "name"),
        ({"name": "d" * 22}, "name"),
        ({"name": "alice"}, "name_taken"),
        ({"name": "dave", "real_name": ""}, "real_name"),
        ({"name": "dave", "real_name": "x" * 81}, "real_name"),
        ({"name": "dave", "is_restricted": "yes"}, "is_restricted is true or false"),
        ({"name": "dave", "tz": 1}, "tz is a text"),
    ],
)
async def test_people_have_proper_names(
    sandbox: Sandbox, parts: dict[str, Any], sentence: str
) -> None:
    await refused(sandbox, sentence, "add_person", **parts)


async def test_a_group_message_is_for_nine_at_most(sandbox: Sandbox) -> None:
    names = [f"guest{number}" for number in range(9)]
    for name in names:
        await sandbox.control.act("add_person", name=name)

    await refused(sandbox, "nine", "open_group_dm", users=names)
    assert (await sandbox.control.act("open_group_dm", user="alice", users=names[:8]))["ok"]


def field(element: dict[str, Any]) -> dict[str, Any]:
    element = {"action_id": "it", **element}
    return {"type": "input", "block_id": "b", "label": plain("Field"), "element": element}


OPTIONS = [{"text": plain("High"), "value": "high"}, {"text": plain("Low"), "value": "low"}]
IMPOSSIBLE = [
    ({"type": "static_select", "options": OPTIONS}, "selected_option", {"value": "third"}),
    ({"type": "checkboxes", "options": OPTIONS}, "selected_options", [{"value": "third"}]),
    ({"type": "checkboxes", "options": OPTIONS}, "selected_options", "high"),
    ({"type": "users_select"}, "selected_user", "UNOBODY"),
    ({"type": "multi_users_select", "max_selected_items": 1}, "selected_users", ["U1", "U2"]),
    ({"type": "channels_select"}, "selected_channel", "CNOWHERE"),
    ({"type": "datepicker"}, "selected_date", "tomorrow"),
    ({"type": "timepicker"}, "selected_time", "25:00"),
    ({"type": "datetimepicker"}, "selected_date_time", 12),
    ({"type": "plain_text_input"}, "value", 12),
]


@pytest.mark.parametrize(("element", "key", "chosen"), IMPOSSIBLE)
@pytest.mark.parametrize("act", ["submit", "click"])
async def test_forms_hold_only_what_can_be_chosen(
    sandbox: Sandbox,
    app: ListeningApp,
    slack: AsyncWebClient,
    alice: Person,
    act: str,
    element: dict[str, Any],
    key: str,
    chosen: Any,
) -> None:
    button = {"type": "button", "action_id": "press", "text": plain("Press")}
    press = {"type": "actions", "block_id": "a", "elements": [button]}
    trigger = await trigger_of(app, alice)
    opened = await slack.views_open(trigger_id=trigger, view=modal(field(element), press))
    values = {"b": {"it": {"type": element["type"], key: chosen}}}

    parts = {"view_id": opened["view"]["id"], "values": values}
    pressed = {"block_id": "a", "action_id": "press"} if act == "click" else {}
    await refused(sandbox, r"invalid_request|not_found", act, **parts, **pressed)

    assert app.heard("view_submission") == app.heard("block_actions") == []


async def test_an_option_is_told_as_the_form_offers_it(
    sandbox: Sandbox, app: ListeningApp, slack: AsyncWebClient, alice: Person
) -> None:
    element = {"type": "static_select", "options": OPTIONS}
    trigger = await trigger_of(app, alice)
    view = (await slack.views_open(trigger_id=trigger, view=modal(field(element))))["view"]
    made_up = {"text": plain("Made up"), "value": "low"}
    values = {"b": {"it": {"type": "static_select", "selected_option": made_up}}}

    await sandbox.control.act("submit", user="alice", view_id=view["id"], values=values)

    told = app.heard("view_submission")[0].payload["view"]["state"]["values"]["b"]["it"]
    assert told["selected_option"]["text"]["text"] == "Low"
