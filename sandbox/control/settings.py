"""Everything that can be set while the sandbox runs, taken over as a whole or not at all."""

from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

from sandbox.control.rate_settings import Rates
from sandbox.control.setting_checks import check_settings
from sandbox.json_types import Json
from sandbox.preferences import Preferences
from sandbox.transport import TransportSettings
from sandbox.world import World

Group = TypeVar("Group", Rates, Preferences, TransportSettings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    rates: Rates
    preferences: Preferences
    transport: TransportSettings
    restricted_actions: frozenset[str]
    broadcasts_allowed: bool
    app_url: str

    @classmethod
    def of(cls, world: World) -> "Settings":
        return cls(
            rates=Rates.of(world.limiter),
            preferences=world.preferences,
            transport=world.transport,
            restricted_actions=frozenset(world.restricted_actions),
            broadcasts_allowed=world.broadcasts_allowed,
            app_url=world.app_url,
        )

    def changed(self, wanted: Json) -> "Settings":
        """With what is named; `Refusal` names what cannot be set so."""
        check_settings(wanted)
        actions = wanted.get("restricted_actions", self.restricted_actions)
        return Settings(
            rates=_with_those_of(self.rates, wanted),
            preferences=_with_those_of(self.preferences, wanted),
            transport=_with_those_of(self.transport, wanted),
            restricted_actions=frozenset(actions),
            broadcasts_allowed=wanted.get("broadcasts_allowed", self.broadcasts_allowed),
            app_url=wanted.get("app_url", self.app_url).rstrip("/"),
        )

    def rule(self, world: World) -> None:
        """Let the world go by these from now on."""
        self.rates.rule(world.limiter)
        world.preferences = self.preferences
        world.transport = self.transport
        world.restricted_actions = set(self.restricted_actions)
        world.broadcasts_allowed = self.broadcasts_allowed
        world.app_url = self.app_url


def _with_those_of(group: Group, wanted: Json) -> Group:
    """The group of settings with those of the wanted ones that belong to it."""
    known: dict[str, Any] = {
        one.name: wanted[one.name] for one in fields(group) if one.name in wanted
    }
    return replace(group, **known)
