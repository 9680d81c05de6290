"""One rule: which calls, deliveries or sockets go wrong, when, and how."""

from dataclasses import dataclass, field, fields
from typing import Any

from sandbox.errors import Refusal
from sandbox.faults.fields import COMMON, FIELDS, NO_END
from sandbox.faults.kinds import KINDS
from sandbox.json_types import Json

ALWAYS_READ = ("target", "kind", *COMMON)


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultRule:
    """`target` is a method or a pattern (`chat.*`), `delivery:` and a kind, or `socket:open`.

    `nth` is the first matching one to go wrong, counted from 1; `times` how many do (0: all).
    `from_second` and `to_second` are a window, counted on the sandbox's clock from when the rule
    was given; 0 at the end leaves it open.
    """

    target: str
    kind: str
    error: str = ""
    retry_after: int = 0
    status: int = 0
    seconds: float = 0.0
    text: str = ""
    nth: int = 1
    times: int = 1
    probability: float = 1.0
    from_second: float = 0.0
    to_second: float = 0.0
    # The methods this can happen to, when it cannot happen to all that the target matches.
    methods: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def from_json(cls, given: Json) -> "FaultRule":
        """The rule, with the defaults of its kind; `Refusal` names the field and the mend."""
        kind = given.get("kind")
        if not isinstance(kind, str) or kind not in KINDS:
            raise bad("kind", f"must be one of {', '.join(KINDS)}")
        if not isinstance(given.get("target"), str) or not given["target"]:
            raise bad("target", "must be a method, a pattern like chat.*, or delivery:command")
        _refuse_strangers(given, kind)
        for name, value in given.items():
            _check(kind, name, value)
        rule = {**KINDS[kind].reads, **given}
        if rule.get("to_second") and rule["to_second"] <= rule.get("from_second", 0.0):
            raise bad("to_second", "must be later than from_second, or 0 for no end")
        return cls(**rule)


def _refuse_strangers(given: Json, kind: str) -> None:
    known = {one.name for one in fields(FaultRule)} - {"methods"}
    readable = {*ALWAYS_READ, *KINDS[kind].reads}
    for name in given:
        if name not in known:
            raise bad(name, f"is not part of a rule; its parts are {', '.join(sorted(known))}")
        if name not in readable:
            raise bad(name, f"means nothing for the kind {kind}; leave it out")


def _check(kind: str, name: str, value: Any) -> None:
    if name not in FIELDS or FIELDS[name].type == "text":
        if not isinstance(value, str):
            raise bad(name, "must be a text")
        return
    field = FIELDS[name]
    is_whole = field.type == "whole"
    least, most = KINDS[kind].bounds.get(name, (field.least, field.most))
    is_number = isinstance(value, int if is_whole else int | float)
    if is_number and not isinstance(value, bool) and least <= value <= most and value < NO_END:
        return
    noun = "a whole number" if is_whole else "a number"
    upper = "" if most == NO_END else f" and at most {most:g}"
    raise bad(name, f"must be {noun}, at least {least:g}{upper}")


def bad(name: str, mend: str) -> Refusal:
    return Refusal("invalid_fault", f"`{name}` of a fault {mend}.")
