"""What changes in the workspace just before a call arrives: each change is real, and stays."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from sandbox.facts import limits
from sandbox.faults import FaultRule
from sandbox.faults.kinds import KINDS
from sandbox.json_types import Json
from sandbox.model import gathering
from sandbox.model.changes import Change
from sandbox.model.channels import Channel
from sandbox.model.people import User
from sandbox.model.wire import user_json
from sandbox.model.workspace import Workspace
from sandbox.world import World

RENAMED = "-renamed"
# Everywhere else a channel goes by its id only.
BY_NAME = frozenset({"chat.meMessage", "chat.postMessage", "chat.scheduleMessage"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A call as it came in, before anything was checked."""

    method: str
    arguments: Json
    secret: str
    # What a caller that is told to wait must leave alone.
    waited_for: str


Mishap = Callable[[World, Asked], None]


def is_possible(world: World, asked: Asked, rule: FaultRule) -> bool:
    """Whether the call names what the rule would change."""
    match rule.kind:
        case "channel_archived" | "channel_renamed" | "bot_removed":
            return _channel(world, asked, rule.kind) is not None
        case "user_deactivated":
            return _user(world, asked) is not None
        case "token_revoked":
            return world.credentials.find(asked.secret) is not None
    return True


def happen(world: World, asked: Asked, rule: FaultRule) -> None:
    mishap = MISHAPS.get(rule.kind)
    if mishap:
        mishap(world, asked)


def _named(asked: Asked, kind: str) -> Iterator[str]:
    """What the call says in the arguments that matter to this kind; some take several names."""
    for argument in KINDS[kind].arguments:
        value: Any = asked.arguments.get(argument) or ""
        names = value if isinstance(value, list) else str(value).split(",")
        yield from (str(name).strip() for name in names)


def _channel(world: World, asked: Asked, kind: str) -> Channel | None:
    """The first channel of the call that can change in this way."""
    for name in _named(asked, kind):
        channel = world.workspace.channels.get(name)
        if channel is None and asked.method in BY_NAME:
            channel = world.workspace.channel_named(name.removeprefix("#"))
        if channel and not channel.is_direct and _can_change(world, channel, kind):
            return channel
    return None


def _can_change(world: World, channel: Channel, kind: str) -> bool:
    match kind:
        case "bot_removed":
            return world.workspace.team.bot_user_id in channel.members
        case "channel_archived" if channel.is_general:
            # Nobody can archive the channel that everybody is in.
            return False
    return not channel.is_archived


def _user(world: World, asked: Asked) -> User | None:
    """The first person of the call who is still there."""
    named = _named(asked, "user_deactivated")
    known = (world.workspace.users.get(name) for name in named)
    return next((user for user in known if user and not user.deleted and not user.is_bot), None)


def _somebody(workspace: Workspace, channel: Channel) -> str:
    """Who did it: a person of the channel, else one of the workspace."""
    people = [workspace.users[member] for member in channel.members if member in workspace.users]
    candidates = [*people, *workspace.users.values()]
    return next(user.id for user in candidates if not user.is_bot and not user.deleted)


def _archive(world: World, asked: Asked) -> None:
    if channel := _channel(world, asked, "channel_archived"):
        gathering.archive(world.workspace, channel, _somebody(world.workspace, channel))


def _rename(world: World, asked: Asked) -> None:
    if channel := _channel(world, asked, "channel_renamed"):
        name = _free_name(world.workspace, channel.name)
        gathering.rename(world.workspace, channel, name, _somebody(world.workspace, channel))


def _free_name(workspace: Workspace, name: str) -> str:
    for number in count(1):
        ending = RENAMED if number == 1 else f"{RENAMED}-{number}"
        candidate = name[: limits.CHANNEL_NAME - len(ending)] + ending
        if workspace.channel_named(candidate) is None:
            break
    return candidate


def _remove_bot(world: World, asked: Asked) -> None:
    if channel := _channel(world, asked, "bot_removed"):
        gathering.leave(world.workspace, channel, world.workspace.team.bot_user_id)


def _deactivate(world: World, asked: Asked) -> None:
    user = _user(world, asked)
    if user is None:
        return
    workspace = world.workspace
    gone = replace(user, deleted=True, updated=workspace.seconds())
    workspace.users[user.id] = gone
    event = {"type": "user_change", "user": user_json(gone, workspace)}
    workspace.tell(Change(type="user", user=user.id, event=event))


def _revoke(world: World, asked: Asked) -> None:
    world.credentials.lose(asked.secret, "revoked")


def _restrict(world: World, asked: Asked) -> None:
    world.restricted_actions.add(asked.method)


MISHAPS: dict[str, Mishap] = {
    "channel_archived": _archive,
    "channel_renamed": _rename,
    "bot_removed": _remove_bot,
    "user_deactivated": _deactivate,
    "token_revoked": _revoke,
    "restricted_action": _restrict,
}
