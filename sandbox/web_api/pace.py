"""How fast an app may call: the first check of every call, before its token is looked at."""

from sandbox.json_types import Json
from sandbox.world import World

# What a person sees appear in a channel, one message at a time.
POSTING_METHODS = frozenset({"chat.meMessage", "chat.postMessage"})


class TooFast(Exception):
    """The call came before its bucket had a token for it."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Wait {seconds} s.")
        self.seconds = seconds


def check_pace(world: World, method: str, arguments: Json) -> None:
    """`TooFast` when Slack would answer 429."""
    keys = [_method_key(world, method), waiting_key(world, method, arguments)]
    if any([world.limiter.is_impatient(key) for key in dict.fromkeys(keys)]):
        world.journal.finding(
            "retry_too_early",
            f"{method} was called again before its Retry-After had passed.",
            where=method,
        )
    is_post = method in POSTING_METHODS
    if is_post and world.limiter.posts_too_fast(keys[1]):
        _note_haste(world, method, str(arguments.get("channel")))
    waits = [world.limiter.seconds_to_wait(keys[0], method)]
    if is_post:
        waits.append(world.limiter.seconds_to_post(keys[1]))
    for key, seconds in zip(keys, waits, strict=False):
        if seconds:
            world.limiter.tell_to_wait(key, seconds)
    if any(waits):
        raise TooFast(max(waits))


def waiting_key(world: World, method: str, arguments: Json) -> str:
    """What a caller that was told to wait must leave alone: posts to one channel, or a method."""
    key = _method_key(world, method)
    if method not in POSTING_METHODS:
        return key
    named = str(arguments.get("channel"))
    channel = world.workspace.channel_named(named.removeprefix("#"))
    return f"{key}:{channel.id if channel else named}"


def _method_key(world: World, method: str) -> str:
    team = world.workspace.team
    return f"{team.id}:{team.app_id}:{method}"


def _note_haste(world: World, method: str, channel: str) -> None:
    world.journal.finding(
        "posting_too_fast",
        f"More than one message a second, beyond a short burst, was posted to {channel}.",
        where=method,
    )
