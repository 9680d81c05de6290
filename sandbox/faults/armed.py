"""The rules in force; asked once per call, delivery or socket."""

import random
from collections.abc import Callable
from dataclasses import asdict, dataclass
from fnmatch import fnmatchcase

from sandbox.faults.checking import DELIVERIES, RESPONSE_URL
from sandbox.faults.kinds import KINDS, Place
from sandbox.faults.past import Past
from sandbox.faults.rule import FaultRule
from sandbox.json_types import Json
from sandbox.model.workspace import Workspace

Able = Callable[[FaultRule], bool]


@dataclass(slots=True)
class _Armed:
    id: str
    rule: FaultRule
    since: float
    seen: int = 0
    fired: int = 0


class Faults:
    """Counts for every rule what it has seen and struck."""

    def __init__(self, seed: int, workspace: Workspace) -> None:
        # Reproducible, and nothing secret depends on it.
        self.chance = random.Random(seed)  # noqa: S311
        self.past = Past(workspace)
        self._clock = workspace.clock
        self._armed: list[_Armed] = []
        self._given = 0

    def add(self, rule: FaultRule) -> None:
        if rule.kind == "stale":
            self.past.begin()
        self._given += 1
        name = f"R{self._given}"
        self._armed.append(_Armed(id=name, rule=rule, since=self._clock.seconds()))

    def remove(self, name: str) -> bool:
        """Take one rule back; whether there was one of this id."""
        before = len(self._armed)
        self._armed = [one for one in self._armed if one.id != name]
        return len(self._armed) < before

    def clear(self) -> None:
        self._armed.clear()
        self.past.forget()

    def listed(self) -> list[Json]:
        """The rules as they were given, with how often they looked and struck."""
        return [
            {name: value for name, value in asdict(one.rule).items() if name != "methods"}
            | {"id": one.id, "seen": one.seen, "fired": one.fired}
            for one in self._armed
        ]

    def strike(self, *names: str, able: Able = lambda _: True) -> FaultRule | None:
        """The rule that applies to what goes by these names; the first one given wins.

        `able` tells whether a rule can happen here at all; the others do not count it.
        """
        place, struck = _place(names[0]), None
        for armed in self._armed:
            if not self._concerns(armed, place, names) or not able(armed.rule):
                continue
            armed.seen += 1
            if struck is None and self._applies(armed):
                armed.fired += 1
                struck = armed.rule
        return struck

    def _concerns(self, armed: _Armed, place: Place, names: tuple[str, ...]) -> bool:
        rule, facts = armed.rule, KINDS[armed.rule.kind]
        if place not in facts.places or not self._is_now(armed):
            return False
        if place == "api" and rule.methods and names[0] not in rule.methods:
            return False
        kind = names[0].removeprefix("delivery:")
        if place == "delivery" and facts.deliveries and kind not in facts.deliveries:
            return False
        return any(fnmatchcase(name, rule.target) for name in names)

    def _is_now(self, armed: _Armed) -> bool:
        age, rule = self._clock.seconds() - armed.since, armed.rule
        return rule.from_second <= age and (not rule.to_second or age < rule.to_second)

    def _applies(self, armed: _Armed) -> bool:
        rule = armed.rule
        if armed.seen < rule.nth or (rule.times and armed.fired >= rule.times):
            return False
        return self.chance.random() < rule.probability


def _place(name: str) -> Place:
    if name == RESPONSE_URL:
        return "response_url"
    if name == "socket:open":
        return "socket:open"
    if name == "socket:envelope":
        return "socket:envelope"
    return "delivery" if name.removeprefix("delivery:") in DELIVERIES else "api"
