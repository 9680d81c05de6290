"""Things going wrong on purpose, by rule."""

import random
from dataclasses import dataclass, fields
from fnmatch import fnmatchcase
from typing import Literal, get_args

from sandbox.errors import Refusal
from sandbox.json_types import Json

Kind = Literal[
    "error",
    "rate_limited",
    "status",
    "timeout_before",
    "timeout_after",
    "lost_reply",
    "reset",
    "slow",
    "duplicate",
    "delay",
    "bad_signature",
    "clock_skew",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultRule:
    """Which calls or deliveries go wrong, and how.

    `target` is a method or a pattern (`chat.*`), or `delivery:` and a kind (`delivery:event`).
    `nth` is the first matching call to go wrong, counted from 1; `times` how many do (0: all).
    """

    target: str
    kind: Kind
    error: str = "fatal_error"
    retry_after: int = 1
    status: int = 500
    seconds: float = 1.0
    nth: int = 1
    times: int = 1
    probability: float = 1.0

    @classmethod
    def from_json(cls, rule: Json) -> "FaultRule":
        unknown = set(rule) - {field.name for field in fields(cls)}
        if unknown:
            raise Refusal("invalid_fault", f"A fault has no {', '.join(sorted(unknown))}.")
        if rule.get("kind") not in get_args(Kind):
            raise Refusal("invalid_fault", f"A fault's kind is one of {', '.join(get_args(Kind))}.")
        if not isinstance(rule.get("target"), str):
            raise Refusal("invalid_fault", "A fault needs a target: a method or delivery:kind.")
        return cls(**rule)


@dataclass(slots=True)
class _Armed:
    rule: FaultRule
    seen: int = 0
    fired: int = 0


class Faults:
    """The rules in force; asked once per call or delivery."""

    def __init__(self, seed: int) -> None:
        # Reproducible, and nothing secret depends on it.
        self._chance = random.Random(seed)  # noqa: S311
        self._armed: list[_Armed] = []

    def add(self, rule: FaultRule) -> None:
        self._armed.append(_Armed(rule))

    def clear(self) -> None:
        self._armed.clear()

    def strike(self, target: str) -> FaultRule | None:
        """The rule that applies to this call, if any; the first one given wins."""
        struck: FaultRule | None = None
        for armed in self._armed:
            if not fnmatchcase(target, armed.rule.target):
                continue
            armed.seen += 1
            if struck is None and self._applies(armed):
                armed.fired += 1
                struck = armed.rule
        return struck

    def _applies(self, armed: _Armed) -> bool:
        rule = armed.rule
        if armed.seen < rule.nth or (rule.times and armed.fired >= rule.times):
            return False
        return self._chance.random() < rule.probability
