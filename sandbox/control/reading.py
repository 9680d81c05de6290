"""The parts of a control request: the person, the channel, the message it speaks of."""

from dataclasses import dataclass
from typing import Any

from aiohttp import web

from sandbox.bodies import json_of
from sandbox.errors import Refusal
from sandbox.json_types import Json
from sandbox.model.channels import Channel
from sandbox.model.messages import Message
from sandbox.model.people import User
from sandbox.model.views import View
from sandbox.model.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    workspace: Workspace
    body: Json

    def text(self, name: str, default: str | None = None) -> str:
        value = self.body.get(name, default)
        if not isinstance(value, str):
            raise Refusal("invalid_request", f"The request needs {name}, a text.")
        return value

    def user(self) -> User:
        """Who acts; a person may be named by id or by name."""
        return self.person(self.text("user"))

    def person(self, name: str) -> User:
        found = self.workspace.users.get(name) or self.workspace.user_named(name)
        if found is None:
            raise Refusal("user_not_found", f"There is nobody called {name}.", 404)
        return found

    def channel(self) -> Channel:
        """The channel, by id or by name, as far as the acting person may see it."""
        wanted, found, user = self.text("channel"), self.named_channel(), self.user()
        if (found.is_private or user.is_restricted) and user.id not in found.members:
            raise Refusal("channel_not_found", f"There is no channel {wanted} for you.", 404)
        return found

    def named_channel(self) -> Channel:
        """The channel, by id or by name, whoever asks."""
        wanted = self.text("channel")
        found = self.workspace.channels.get(wanted)
        found = found or self.workspace.channel_named(wanted.removeprefix("#"))
        if found is None:
            raise Refusal("channel_not_found", f"There is no channel {wanted}.", 404)
        return found

    def message(self, name: str = "message_ts") -> Message:
        channel, user, ts = self.channel(), self.user(), self.text(name)
        found = self.workspace.message(channel.id, ts)
        if found is None or (found.ephemeral_to and found.ephemeral_to != user.id):
            raise Refusal("message_not_found", "That message is not there any more.", 404)
        return found

    def view(self) -> View:
        found = self.workspace.views.get(self.text("view_id"))
        if found is None or found.user != self.user().id:
            raise Refusal("view_not_found", "That view is not open any more.", 404)
        return found

    def values(self) -> Json:
        """What a form holds: per block, per action, a state."""
        given = self.body.get("values") or {}
        blocks = given.values() if isinstance(given, dict) else [None]
        if not all(
            isinstance(actions, dict) and all(isinstance(one, dict) for one in actions.values())
            for actions in blocks
        ):
            raise Refusal("invalid_request", "The values are {block_id: {action_id: state}}.")
        return dict(given)

    def people(self) -> list[User]:
        names = self.body.get("users") or []
        if not isinstance(names, list):
            raise Refusal("invalid_request", "The users are a list.")
        return [self.person(str(name)) for name in names]

    def top_view(self) -> View:
        """The modal in front; those behind it cannot be submitted or closed."""
        view = self.view()
        if self.workspace.stacks.get(view.user, ())[-1:] != (view.id,):
            raise Refusal("view_not_found", "That view is not the one in front.", 404)
        return view

    def stacked_view(self) -> View:
        """A modal, in front or behind another."""
        view = self.view()
        if view.id not in self.workspace.stacks.get(view.user, ()):
            raise Refusal("view_not_found", "That view is no modal that is open.", 404)
        return view

    def place(self) -> Message | View:
        return self.view() if "view_id" in self.body else self.message()


async def read_request(workspace: Workspace, request: web.Request) -> Request:
    return Request(workspace=workspace, body=await read_object(request))


async def read_object(request: web.Request) -> Json:
    body = await read_json(request)
    if not isinstance(body, dict):
        raise Refusal("invalid_request", "The body of the request must be a JSON object.")
    return body


async def read_json(request: web.Request) -> Any:
    try:
        return await json_of(request)
    except ValueError as problem:
        sentence = f"The body of the request is not JSON: {problem}."
        raise Refusal("invalid_request", sentence) from problem
