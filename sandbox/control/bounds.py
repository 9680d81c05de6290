"""What Slack's own client does not let people name, write, mark or change."""

import re

from sandbox.errors import Refusal
from sandbox.facts import limits
from sandbox.facts.emoji import is_emoji
from sandbox.model.channels import Channel
from sandbox.model.founding import SLACKBOT
from sandbox.model.messages import Message
from sandbox.model.naming import SENTENCES, is_taken, name_problem
from sandbox.model.people import User
from sandbox.model.workspace import Workspace

PERSON = re.compile(r"[a-z0-9][a-z0-9._-]{0,20}")


def require_free_name(workspace: Workspace, name: str) -> None:
    """A channel's name must be proper, and no other's."""
    if problem := name_problem(name):
        raise Refusal(problem, SENTENCES[problem])
    if is_taken(workspace, name):
        raise Refusal("name_taken", f"There is a channel called {name} already.", 409)


def require_handle(name: str) -> None:
    if not PERSON.fullmatch(name):
        sentence = "The name of a person has 1 to 21 of a-z, 0-9, ., _ and -, as in @dana."
        raise Refusal("invalid_request", sentence)


def require_room(channel: Channel) -> None:
    """Direct messages have neither names nor topics, and the same people in them for ever."""
    if channel.is_direct:
        raise Refusal("not_allowed", "That cannot be done with a direct message.", 409)


def require_open_room(channel: Channel) -> None:
    require_room(channel)
    if channel.is_archived:
        raise Refusal("is_archived", f"#{channel.name} is archived.", 409)


def require_inside(channel: Channel, user: User) -> None:
    if user.id not in channel.members:
        raise Refusal("not_in_channel", f"Join #{channel.name} first.", 403)


def require_leave_for(channel: Channel, user: User) -> None:
    """Nobody leaves what everybody is in, and somebody stays where nobody could come in again."""
    require_room(channel)
    if channel.is_general:
        raise Refusal("cant_leave_general", "Nobody can leave the channel of everybody.", 409)
    require_open_room(channel)
    if channel.is_private and channel.members == (user.id,):
        raise Refusal("last_member", "The last one in a private channel archives it instead.", 409)


def require_guest_for(guest: User) -> None:
    if guest.id == SLACKBOT:
        raise Refusal("cant_invite", "Slackbot is everywhere already.", 409)
    if guest.deleted:
        raise Refusal("user_not_active", f"{guest.real_name} has no account any more.", 409)


def require_words(text: str) -> None:
    if len(text) > limits.TEXT_TRUNCATED_AT:
        most = f"{limits.TEXT_TRUNCATED_AT:,}"
        raise Refusal("msg_too_long", f"A message has {most} characters at most.")


def require_shared(message: Message) -> None:
    """What only one person sees can be neither pinned nor reacted to."""
    if message.ephemeral_to:
        raise Refusal("message_not_found", "That message is not there for the others.", 404)


def require_reaction_to(workspace: Workspace, message: Message, user: User, name: str) -> None:
    """One more emoji of this person below a message."""
    if not is_emoji(name) and name not in workspace.emoji:
        raise Refusal("invalid_name", "The name is not that of an emoji.")
    users = {reaction.name: reaction.users for reaction in message.reactions}
    if user.id in users.get(name, ()):
        raise Refusal("already_reacted", f"{user.real_name} has reacted so already.", 409)
    if name not in users and len(users) >= limits.EMOJI_PER_MESSAGE:
        most = limits.EMOJI_PER_MESSAGE
        raise Refusal("too_many_emoji", f"A message bears {most} different emoji at most.", 409)
    if sum(user.id in who for who in users.values()) >= limits.REACTIONS_PER_USER:
        most = limits.REACTIONS_PER_USER
        raise Refusal("too_many_reactions", f"One reacts {most} times at most.", 409)


def require_reaction_of(message: Message, user: User, name: str) -> None:
    if not any(one.name == name and user.id in one.users for one in message.reactions):
        raise Refusal("no_reaction", f"{user.real_name} has not reacted so.", 409)


def require_pinnable(channel: Channel, message: Message) -> None:
    require_shared(message)
    if message.is_notice:
        raise Refusal("not_pinnable", "Notices of Slack's own are not pinned.", 409)
    if any(pin.ts == message.ts for pin in channel.pins):
        raise Refusal("already_pinned", "That message is pinned already.", 409)
    if len(channel.pins) >= limits.PINS:
        raise Refusal("too_many_pins", f"A channel has {limits.PINS} pins at most.", 409)
