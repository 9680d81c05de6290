"""The parts of a rule beside its target and its kind: what each is, and what it may be."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sandbox.faults.kinds import WEEK

NO_END = float("inf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    type: Literal["text", "whole", "number"]
    does: str
    default: Any
    least: float = 0
    most: float = NO_END


FIELDS: Mapping[str, Field] = {
    "nth": Field(
        type="whole", does="The first one that goes wrong, counted from 1.", default=1, least=1
    ),
    "times": Field(type="whole", does="How many go wrong; 0 for all.", default=1),
    "probability": Field(
        type="number", does="The chance that one goes wrong, from 0 to 1.", default=1.0, most=1
    ),
    "from_second": Field(type="number", does="Seconds from now until it can strike.", default=0.0),
    "to_second": Field(
        type="number", does="Seconds from now until it strikes no more; 0 for no end.", default=0.0
    ),
    "error": Field(type="text", does="The error or the reason that is given.", default=""),
    "retry_after": Field(
        type="whole", does="How many seconds the app shall wait.", default=0, most=WEEK
    ),
    "status": Field(
        type="whole", does="The HTTP status of the answer.", default=0, least=100, most=599
    ),
    "seconds": Field(type="number", does="How many seconds.", default=0.0, most=WEEK),
    "text": Field(type="text", does="The name of the text; any of them without one.", default=""),
}
# What every rule may have; the others depend on its kind.
COMMON = ("nth", "times", "probability", "from_second", "to_second")
