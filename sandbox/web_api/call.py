"""One Web API call in the hands of its method."""

from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sandbox.credentials import Token
from sandbox.errors import SlackError
from sandbox.facts.methods import METHODS
from sandbox.json_text import read_json
from sandbox.json_types import Json
from sandbox.model.workspace import Workspace
from sandbox.web_api.arguments import as_flag, messages
from sandbox.world import World

T = TypeVar("T")
# How methods say that the workspace does not want it; most know one of these.
REFUSALS = ("restricted_action", "user_is_restricted", "permission_denied", "not_authorized")
PAGE = 100


def refusal_of(method: str) -> str:
    """What a method answers when preferences forbid it; empty when they cannot."""
    documented = METHODS[method].errors if method in METHODS else ()
    return next((code for code in REFUSALS if code in documented), "")


def unforbiddable(restricted: Iterable[str]) -> list[str]:
    """Those of the methods, each alone or with a place, that preferences cannot forbid."""
    methods = (item.partition(":")[0] for item in restricted)
    return [method for method in methods if not refusal_of(method)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    world: World
    method: str
    args: Json
    token: Token

    @property
    def workspace(self) -> Workspace:
        return self.world.workspace

    @property
    def caller(self) -> str:
        """The user id on whose behalf things happen, normally the bot's."""
        return self.token.user

    def text(self, name: str) -> str:
        value = self.args.get(name)
        return "" if value is None else str(value)

    def flag(self, name: str) -> bool:
        return as_flag(self.args.get(name))

    def has(self, name: str) -> bool:
        return self.args.get(name) is not None

    def json(self, name: str, error: str) -> Any:
        """A nested argument, sent as JSON or as a string of JSON."""
        value = self.args.get(name)
        if not isinstance(value, str):
            return value
        try:
            return read_json(value)
        except ValueError as problem:
            raise SlackError(error) from problem

    def number(self, name: str, default: int, error: str = "invalid_arguments") -> int:
        value = self.args.get(name)
        if value is None or value == "":
            return default
        try:
            return int(value)
        except (TypeError, ValueError) as problem:
            raise SlackError(error) from problem

    def names(self, name: str) -> list[str]:
        """A list sent as commas or as JSON."""
        value = self.args.get(name)
        if isinstance(value, list):
            return [str(item) for item in value]
        return [part.strip() for part in self.text(name).split(",") if part.strip()]

    def refuse_preferences(self, *places: str) -> None:
        """Stop here when the preferences keep the app from this method, here or anywhere."""
        forbidden = {self.method, *(f"{self.method}:{place}" for place in places)}
        if forbidden & self.world.restricted_actions:
            raise SlackError(refusal_of(self.method))

    def invalid(self, *lines: str) -> SlackError:
        return SlackError("invalid_arguments", **messages(*lines))

    def page(self, rows: Sequence[T], limit: int) -> tuple[list[T], Json]:
        """The rows the cursor points at, and the metadata with the next cursor."""
        start = self._cursor()
        end = start + limit
        cursor = b64encode(f"next:{end}".encode()).decode() if end < len(rows) else ""
        return list(rows[start:end]), {"response_metadata": {"next_cursor": cursor}}

    def _cursor(self) -> int:
        if not self.text("cursor"):
            return 0
        try:
            word, _, start = b64decode(self.text("cursor"), validate=True).decode().partition(":")
            if word != "next" or not start.isdecimal():
                raise ValueError(word)
            return int(start)
        except ValueError as problem:
            raise self._wrong_cursor() from problem

    def _wrong_cursor(self) -> SlackError:
        """Some methods with pages have no code for it."""
        if "invalid_cursor" in METHODS[self.method].errors:
            return SlackError("invalid_cursor")
        return self.invalid("invalid cursor [json-pointer:/cursor]")
