"""What people type into the composer, and with whom, below /_sandbox/act."""

from dataclasses import replace

from aiohttp import web

from sandbox.control.acts import Act, door
from sandbox.control.bounds import require_words
from sandbox.control.reading import Request
from sandbox.control.showing import message_json
from sandbox.deliveries.speaking import tell_privately
from sandbox.deliveries.typed_blocks import retyped, typed_draft
from sandbox.errors import Refusal
from sandbox.facts import limits
from sandbox.json_types import Json
from sandbox.model import gathering, posting
from sandbox.model.messages import Message
from sandbox.referee import note_typed
from sandbox.rights import require_messages_tab, require_present, require_voice
from sandbox.world import World

# System messages belong to nobody.
CHANGEABLE = ("", "me_message", "thread_broadcast", "file_share")


class Writing:
    """One method per act; each takes the request and returns its answer."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._workspace = world.workspace

    def register(self, app: web.Application) -> None:
        acts: dict[str, Act] = {
            "post": self.post,
            "edit": self.edit,
            "delete": self.delete,
            "open_group_dm": self.open_group_dm,
        }
        for name, act in acts.items():
            app.router.add_post(f"/_sandbox/act/{name}", door(self._world, act))

    async def post(self, request: Request) -> Json:
        user, channel, text = request.user(), request.channel(), _words(request)
        require_voice(channel, user)
        require_messages_tab(self._world, channel)
        thread = self._thread(request)
        note_typed(self._world, text)
        draft = typed_draft(self._workspace, channel.id, user.id, text, thread_ts=thread)
        wants_all = bool(thread) and request.body.get("broadcast") is True
        message = posting.post(self._workspace, replace(draft, broadcast=wants_all))
        self._tell_of_absence(message)
        return {"ok": True, "message": message_json(self._workspace, message)}

    def _tell_of_absence(self, message: Message) -> None:
        """Slackbot says so when the app is called in a channel where it cannot hear."""
        bot, channel = self._workspace.team.bot_user_id, self._workspace.channels[message.channel]
        if f"<@{bot}>" in message.text and bot not in channel.members and not channel.is_direct:
            notice = f"You mentioned <@{bot}>, but they are not in this channel. Invite them first."
            tell_privately(self._world, message.user, channel.id, notice)

    def _thread(self, request: Request) -> str:
        """The time of the message a reply goes under: its parent's, were it a reply itself."""
        if not request.body.get("thread_ts"):
            return ""
        parent = request.message("thread_ts")
        return parent.thread_ts if parent.is_reply else parent.ts

    async def edit(self, request: Request) -> Json:
        """Correct one's own message; the app hears of both its forms."""
        before, text = self._own(request), _words(request)
        note_typed(self._world, text)
        message = posting.edit(self._workspace, before, retyped(self._workspace, before, text))
        return {"ok": True, "message": message_json(self._workspace, message)}

    async def delete(self, request: Request) -> Json:
        """Take one's own message back."""
        posting.delete(self._workspace, self._own(request))
        return {"ok": True}

    def _own(self, request: Request) -> Message:
        user, message = request.user(), request.message("ts")
        require_voice(request.channel(), user)
        if message.user != user.id or message.subtype not in CHANGEABLE:
            raise Refusal("cant_update_message", "Only one's own messages can be changed.", 403)
        return message

    async def open_group_dm(self, request: Request) -> Json:
        """A direct message of up to nine people."""
        user, people = request.user(), request.people()
        members = tuple(dict.fromkeys([user.id, *(person.id for person in people)]))
        require_present(user)
        if len(members) < 3:
            raise Refusal("invalid_request", "A group message needs at least two other `users`.")
        if len(members) > limits.OPENED_USERS + 1:
            raise Refusal("invalid_request", "A group message is for nine people at most.")
        channel = gathering.open_direct(self._workspace, members)
        return {"ok": True, "channel": channel.id}


def _words(request: Request) -> str:
    text = request.text("text")
    if not text.strip():
        raise Refusal("invalid_request", "The request needs text, and not only blanks.")
    require_words(text)
    return text
