"""Calls of which only so many succeed: the last one's answer is what counts."""

from collections.abc import Awaitable, Callable

from sandbox.facts.emoji import NAMED_OTHERWISE
from sandbox.json_types import Json
from sandbox.model.posting import react
from tests.sandbox.asking import modal
from tests.sandbox.stage import LINK, Stage


async def people(at: Stage, count: int) -> list[str]:
    made = [
        await at.sandbox.control.act("add_person", name=f"guest{number}") for number in range(count)
    ]
    return [str(person["user"]) for person in made]


async def invited(at: Stage, count: int) -> Json:
    users = ",".join(await people(at, count))
    return await at.call("conversations.invite", channel=at["room"], users=users)


async def opened(at: Stage, count: int) -> Json:
    return await at.call("conversations.open", users=",".join(await people(at, count)))


async def stacked(at: Stage, count: int) -> Json:
    """The stage has a first modal already."""
    answer: Json = {}
    for _ in range(count - 1):
        pushed = {"trigger_id": at.trigger_in_view(), "view": modal()}
        answer = await at.call("views.push", **pushed)
        at.names["view"] = answer["view"]["id"] if answer["ok"] else ""
    return answer


async def pinned(at: Stage, count: int) -> Json:
    """The stage has a first pin already."""
    answer: Json = {}
    for _ in range(count - 1):
        posted = await at.done("chat.postMessage", channel=at["room"], text="Keep this")
        answer = await at.call("pins.add", channel=at["room"], timestamp=posted["ts"])
    return answer


async def bookmarked(at: Stage, count: int) -> Json:
    """The stage has a first bookmark already."""
    answer: Json = {}
    link = {"channel_id": at["room"], "title": "t", "type": "link", "link": LINK}
    for _ in range(count - 1):
        answer = await at.call("bookmarks.add", **link)
    return answer


def names(count: int) -> list[str]:
    return sorted(NAMED_OTHERWISE)[:count]


async def reacted(at: Stage, count: int) -> Json:
    answer: Json = {}
    for name in names(count):
        message = {"channel": at["room"], "timestamp": at["reply"]}
        answer = await at.call("reactions.add", **message, name=name)
    return answer


async def reacted_by_others(at: Stage, count: int) -> Json:
    workspace = at.sandbox.world.workspace
    for name in names(count - 1):
        message = workspace.message(at["room"], at["reply"])
        assert message
        react(workspace, message, at["alice"], name)
    message_of = {"channel": at["room"], "timestamp": at["reply"]}
    return await at.call("reactions.add", **message_of, name=names(count)[-1])


async def shared(at: Stage, count: int) -> Json:
    rooms = [await at.done("conversations.create", name=f"file-{n}") for n in range(count)]
    channels = ",".join(room["channel"]["id"] for room in rooms)
    files = [{"id": at["waiting"]}]
    return await at.call("files.completeUploadExternal", files=files, channels=channels)


async def scheduled(at: Stage, count: int) -> Json:
    answer: Json = {}
    for number in range(count):
        when = int(at["later"]) + number
        answer = await at.call("chat.scheduleMessage", channel=at["room"], text="x", post_at=when)
    return answer


CROWDS: list[tuple[str, int, str, Callable[[Stage, int], Awaitable[Json]], str]] = [
    ("INVITED_USERS", 100, "conversations.invite", invited, "invalid_arguments"),
    ("OPENED_USERS", 8, "conversations.open", opened, "too_many_users"),
    ("VIEW_STACK", 3, "views.push", stacked, "push_limit_reached"),
    ("PINS", 100, "pins.add", pinned, "too_many_pins"),
    ("BOOKMARKS", 100, "bookmarks.add", bookmarked, "too_many_bookmarks"),
    ("EMOJI_PER_MESSAGE", 50, "reactions.add", reacted_by_others, "too_many_emoji"),
    ("REACTIONS_PER_USER", 23, "reactions.add", reacted, "too_many_reactions"),
    ("FILE_CHANNELS", 100, "files.completeUploadExternal", shared, "channels_limit_exceeded"),
    ("SCHEDULED_MESSAGES", 30, "chat.scheduleMessage", scheduled, "restricted_too_many"),
]
