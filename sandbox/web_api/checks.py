"""Whether a token is good, and good for this method: checked before any argument is looked at."""

from sandbox.credentials import Token
from sandbox.errors import SlackError
from sandbox.facts.methods import METHODS
from sandbox.world import World

APP_TOKEN_METHODS = frozenset({"apps.connections.open"})
# A Home tab belongs to the app, not to a person.
BOT_METHODS = frozenset({"views.open", "views.publish", "views.push", "views.update"})


def check_token(world: World, method: str, secret: str) -> Token:
    """The token, alive and of the right type."""
    if not secret:
        raise SlackError("not_authed")
    if secret in world.credentials.lost:
        raise SlackError(world.credentials.lost[secret])
    token = world.credentials.find(secret)
    if token is None:
        raise SlackError("invalid_auth")
    owner = world.workspace.users.get(token.user)
    if owner is None or owner.deleted:
        raise SlackError("account_inactive")
    if not _is_for(token, method):
        raise SlackError("not_allowed_token_type")
    return token


def anonymous(world: World) -> Token:
    """What a method is handed that asks for no token."""
    return Token(kind="bot", user=world.workspace.team.bot_user_id, scopes=frozenset())


def _is_for(token: Token, method: str) -> bool:
    if token.kind == "app" or method in APP_TOKEN_METHODS:
        return token.kind == "app" and method in APP_TOKEN_METHODS
    if token.kind == "user":
        return method not in BOT_METHODS and _has_scopes_for(method, "user")
    return _has_scopes_for(method, "bot")


def _has_scopes_for(method: str, kind: str) -> bool:
    """A method that knows scopes of one kind of token only is not for the other."""
    facts = METHODS[method]
    own, other = facts.scopes, facts.user_scopes
    if kind == "user":
        own, other = other, own
    return bool(own) or not other


def accepted_scopes(method: str, token: Token) -> tuple[str, ...]:
    """Any one of these lets the token call the method; none means that it needs none."""
    if token.kind == "app":
        return ("connections:write",)
    facts = METHODS[method]
    return facts.scopes if token.kind == "bot" else facts.user_scopes


def check_scope(world: World, method: str, token: Token) -> None:
    needed = accepted_scopes(method, token)
    if not needed or token.scopes.intersection(needed):
        return
    asked_for = world.app.bot_scopes if token.kind == "bot" else world.app.user_scopes
    lacks = "was not granted" if asked_for.intersection(needed) else "the manifest does not ask for"
    world.journal.finding(
        "missing_scope", f"{method} needs one of {', '.join(needed)}, which {lacks}.", where=method
    )
    raise SlackError(
        "missing_scope", needed=",".join(needed), provided=",".join(sorted(token.scopes))
    )
