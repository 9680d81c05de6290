"""Finding the channel, message or user a call means, refusing as Slack does."""

import re

from sandbox.errors import SlackError
from sandbox.facts.methods import METHODS
from sandbox.model.channels import Channel
from sandbox.model.messages import Message
from sandbox.model.people import User
from sandbox.web_api.call import Call
from sandbox.web_api.checks import accepted_scopes

TS = re.compile(r"\d{1,10}\.\d{6}")
FAMILIES = ("channels", "groups", "im", "mpim")


def find_channel(call: Call, argument: str = "channel") -> Channel:
    """The channel, if the caller may know of it and has the scope for its kind."""
    channel = call.workspace.channels.get(call.text(argument))
    if channel is None or (channel.is_private and call.caller not in channel.members):
        raise SlackError("channel_not_found")
    require_scope_for(call, channel.family)
    return channel


def require_scope_for(call: Call, family: str) -> None:
    """Methods about conversations ask for the scope of the kind of conversation."""
    accepted = accepted_scopes(call.method, call.token)
    if not all(scope.split(":")[0] in FAMILIES for scope in accepted):
        return
    fitting = [scope for scope in accepted if scope.split(":")[0] == family]
    if fitting and not call.token.scopes.intersection(fitting):
        raise SlackError(
            "missing_scope",
            needed=",".join(fitting),
            provided=",".join(sorted(call.token.scopes)),
        )


def require_member(call: Call, channel: Channel, error: str = "not_in_channel") -> None:
    if call.caller not in channel.members:
        raise SlackError(error)


def require_open(channel: Channel, error: str = "is_archived") -> None:
    if channel.is_archived:
        raise SlackError(error)


def places(channel: Channel) -> tuple[str, str]:
    """How preferences may name the channel."""
    return channel.id, f"#{channel.name}"


def refusal(call: Call, code: str, sentence: str) -> SlackError:
    """The code where the method documents it, else the general one with a sentence."""
    if code in METHODS[call.method].errors:
        return SlackError(code)
    return call.invalid(sentence)


def refuse_direct(channel: Channel) -> None:
    if channel.is_direct:
        raise SlackError("method_not_supported_for_channel_type")


def find_message(call: Call, channel: Channel, argument: str) -> Message:
    """The message with this timestamp; ephemeral ones cannot be found again."""
    message = call.workspace.message(channel.id, call.text(argument))
    if message is None or message.ephemeral_to:
        raise SlackError("message_not_found")
    return message


def find_user(call: Call, name: str, error: str = "user_not_found") -> User:
    user = call.workspace.users.get(name)
    if user is None:
        raise SlackError(error)
    return user
