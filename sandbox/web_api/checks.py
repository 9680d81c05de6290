"""What is checked before a method runs, in Slack's order: rate, token, scope, arguments."""

from sandbox.credentials import Token
from sandbox.errors import SlackError
from sandbox.facts.methods import METHODS, Method
from sandbox.json_types import Json
from sandbox.web_api.arguments import messages
from sandbox.world import World

APP_TOKEN_METHODS = frozenset({"apps.connections.open"})
# These carry their secret as arguments.
TOKENLESS_METHODS = frozenset({"oauth.v2.access"})
# Slack's own clients send the team to every method.
UNIVERSAL_ARGUMENTS = frozenset({"token", "team_id"})
POSTING_METHODS = frozenset({"chat.postMessage"})


class TooFast(Exception):
    """The call came before its bucket had a token for it."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Wait {seconds} s.")
        self.seconds = seconds


def check_rate(world: World, method: str, arguments: Json) -> None:
    """`TooFast` when Slack would answer 429."""
    waited_for = waiting_key(method, arguments)
    if world.limiter.is_impatient(waited_for):
        world.journal.finding(
            "retry_too_early",
            f"{method} was called again before its Retry-After had passed.",
            where=method,
        )
    seconds = world.limiter.seconds_to_wait(f"{world.workspace.team.id}:{method}", method)
    if not seconds and method in POSTING_METHODS:
        seconds = _check_posts(world, str(arguments.get("channel")))
    if seconds:
        world.limiter.tell_to_wait(waited_for, seconds)
        raise TooFast(seconds)


def waiting_key(method: str, arguments: Json) -> str:
    """What a caller that was told to wait must leave alone: posts to one channel, or a method."""
    return f"{method}:{arguments.get('channel')}" if method in POSTING_METHODS else method


def _check_posts(world: World, channel: str) -> int:
    if world.limiter.posts_too_fast(channel):
        world.journal.finding(
            "posting_too_fast",
            f"More than one message a second, beyond a short burst, was posted to {channel}.",
            where="chat.postMessage",
        )
    return world.limiter.seconds_to_post(channel)


def check_token(world: World, method: str, secret: str) -> Token:
    if not secret:
        raise SlackError("not_authed")
    if secret in world.credentials.revoked:
        raise SlackError("account_inactive" if secret.startswith("xoxb-") else "token_revoked")
    token = world.credentials.find(secret)
    if token is None:
        raise SlackError("invalid_auth")
    if (token.kind == "app") != (method in APP_TOKEN_METHODS):
        raise SlackError("not_allowed_token_type")
    return token


def check_scope(world: World, method: str, token: Token) -> None:
    needed = ("connections:write",) if token.kind == "app" else METHODS[method].scopes
    if not needed or token.scopes.intersection(needed):
        return
    world.journal.finding(
        "missing_scope",
        f"{method} needs one of {', '.join(needed)}, which the manifest does not ask for.",
        where=method,
    )
    raise SlackError(
        "missing_scope", needed=",".join(needed), provided=",".join(sorted(token.scopes))
    )


def check_arguments(world: World, method: str, arguments: Json) -> None:
    facts: Method = METHODS[method]
    known = {*facts.arguments, *facts.required, *UNIVERSAL_ARGUMENTS}
    for name in sorted(set(arguments) - known):
        world.journal.finding(
            "unknown_argument", f"{method} has no argument {name}.", where=method, argument=name
        )
    absent = [name for name in facts.required if arguments.get(name) in (None, "")]
    absent = [name for name in absent if not _may_be_empty(method, name, arguments)]
    if absent:
        raise _absence(method, absent)


def _may_be_empty(method: str, name: str, arguments: Json) -> bool:
    """Topics and purposes are cleared with an empty text."""
    return name in ("topic", "purpose") and arguments.get(name) == ""


def _absence(method: str, absent: list[str]) -> SlackError:
    """Methods have codes of their own for what they miss first; else the general one."""
    documented = METHODS[method].errors
    if absent == ["name"] and "invalid_name_required" in documented:
        return SlackError("invalid_name_required")
    if "channel" in absent and "channel_not_found" in documented:
        return SlackError("channel_not_found")
    return SlackError(
        "invalid_arguments", **messages(*(f"missing required field: {name}" for name in absent))
    )
