"""A workspace in which every method of the Web API has something to work on."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp

from sandbox.clock import Clock
from sandbox.facts.findings import FINDINGS
from sandbox.facts.scopes import BOT_SCOPES
from sandbox.json_types import Json
from sandbox.server import Sandbox
from tests.sandbox.app_manifest import manifest
from tests.sandbox.asking import modal, text_input

LINK = "https://example.com/runbook"
# The sandbox must never fail, nor answer what Slack would not; anything else may be provoked here.
PROVOCABLE = sorted(set(FINDINGS) - {"undocumented_error"})


@dataclass(slots=True, kw_only=True)
class Stage:
    """Names of what is there; `call` speaks to the Web API as plainly as curl does."""

    sandbox: Sandbox
    session: aiohttp.ClientSession
    names: dict[str, str]

    def __getitem__(self, name: str) -> str:
        return self.names[name]

    def trigger(self) -> str:
        """A fresh trigger of alice, who has done something outside of any view."""
        return self.sandbox.world.triggers.issue(self["alice"])

    def trigger_in_view(self) -> str:
        """A fresh trigger of alice from within the modal in front of her."""
        return self.sandbox.world.triggers.issue(self["alice"], self["view"])

    def secret_for(self, method: str) -> str:
        is_for_app = method == "apps.connections.open"
        return self.sandbox.app_token if is_for_app else self.sandbox.bot_token

    async def call(self, method: str, **arguments: Any) -> Json:
        """The answer to a call with a form, in which everything nested is JSON."""
        form = {name: as_form(value) for name, value in arguments.items()}
        return await self.post(method, data=form)

    async def post(self, method: str, *, token: str | None = None, **request: Any) -> Json:
        secret = self.secret_for(method) if token is None else token
        headers = {"Authorization": f"Bearer {secret}"} if secret else {}
        headers |= request.pop("headers", {})
        address = self.sandbox.api_url + method
        async with self.session.post(address, headers=headers, **request) as response:
            assert response.status == 200, (method, response.status, await response.text())
            answer: Json = await response.json()
            return answer

    async def done(self, method: str, **arguments: Any) -> Json:
        answer = await self.call(method, **arguments)
        assert answer["ok"], (method, answer)
        return answer


def as_form(value: Any) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    return value if isinstance(value, str) else json.dumps(value)


@asynccontextmanager
async def staged(
    *, user_scopes: tuple[str, ...] = (), furnished: bool = True
) -> AsyncIterator[Stage]:
    """A workspace whose referee minds only what is the sandbox's own fault."""
    description = manifest(scopes=sorted(BOT_SCOPES), events=["link_shared"])
    description["features"]["unfurl_domains"] = ["example.com"]
    if user_scopes:
        description["oauth_config"]["scopes"]["user"] = list(user_scopes)
    sandbox = Sandbox(description, clock=Clock("virtual"))
    async with sandbox, aiohttp.ClientSession() as session:
        sandbox.allows(*PROVOCABLE)
        stage = Stage(sandbox=sandbox, session=session, names={})
        _name_people_and_channels(stage)
        if furnished:
            await _furnish(stage)
        yield stage


def _name_people_and_channels(stage: Stage) -> None:
    workspace, names = stage.sandbox.world.workspace, stage.names
    names |= {user.name: user.id for user in workspace.users.values()}
    names |= {channel.name: channel.id for channel in workspace.channels.values()}
    names |= {"bot": workspace.team.bot_user_id, "team": workspace.team.id}


async def _furnish(stage: Stage) -> None:
    await _furnish_room(stage)
    await _furnish_shelves(stage)
    await _furnish_views(stage)


async def _furnish_room(stage: Stage) -> None:
    room = (await stage.done("conversations.create", name="room"))["channel"]["id"]
    await stage.done("conversations.invite", channel=room, users=stage["alice"])
    posted = await stage.done("chat.postMessage", channel=room, text=f"See {LINK}")
    reply = await stage.done("chat.postMessage", channel=room, text="Yes", thread_ts=posted["ts"])
    old = (await stage.done("conversations.create", name="old"))["channel"]["id"]
    await stage.done("chat.postMessage", channel=old, text="Bye")
    await stage.done("conversations.archive", channel=old)
    dm = await stage.done("conversations.open", users=stage["carol"])
    stage.names |= {"room": room, "ts": posted["ts"], "reply": reply["ts"], "old": old}
    stage.names["dm"] = dm["channel"]["id"]
    shared = {"user": "alice", "channel": room, "text": f"Look at {LINK}"}
    said = await stage.sandbox.control.act("post", **shared)
    stage.names["shared"] = said["message"]["ts"]
    await stage.done("reactions.add", channel=room, timestamp=posted["ts"], name="eyes")
    await stage.done("pins.add", channel=room, timestamp=posted["ts"])


async def _furnish_shelves(stage: Stage) -> None:
    room = stage["room"]
    link = {"channel_id": room, "title": "Runbook", "type": "link", "link": LINK}
    bookmark = await stage.done("bookmarks.add", **link)
    group = await stage.done("usergroups.create", name="Responders", handle="responders")
    members = {"usergroup": group["usergroup"]["id"], "users": stage["bob"]}
    await stage.done("usergroups.users.update", **members)
    later = int(stage.sandbox.clock.seconds()) + 3_600
    when = await stage.done("chat.scheduleMessage", channel=room, text="Later", post_at=later)
    stage.names |= {
        "bookmark": bookmark["bookmark"]["id"],
        "group": group["usergroup"]["id"],
        "scheduled": when["scheduled_message_id"],
        "later": str(later + 3_600),
        "canvas": (await stage.done("canvases.create", title="Plan"))["canvas_id"],
        "file": await uploaded(stage, "log.txt"),
        "waiting": await uploaded(stage, "later.txt"),
    }
    files = [{"id": stage["file"], "title": "The log"}]
    await stage.done("files.completeUploadExternal", files=files, channel_id=room)


async def uploaded(stage: Stage, name: str) -> str:
    """A file whose bytes are there, and that nobody has shared yet."""
    content = b"line 1\nline 2\n"
    ticket = await stage.done("files.getUploadURLExternal", filename=name, length=len(content))
    async with stage.session.post(ticket["upload_url"], data=content) as response:
        assert response.status == 200
    return str(ticket["file_id"])


async def _furnish_views(stage: Stage) -> None:
    form = modal(text_input(), external_id="form-1")
    opened = await stage.done("views.open", trigger_id=stage.trigger(), view=form)
    home = {"type": "home", "blocks": [{"type": "divider"}]}
    published = await stage.done("views.publish", user_id=stage["alice"], view=home)
    stage.names |= {"view": opened["view"]["id"], "home_hash": published["view"]["hash"]}
