"""Reads the labelled set: incidents grouped by their true cause, and the questions about them."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "topics"
CONTROL_FILE = Path(__file__).parent / "held_out.toml"
FIT, REPORT, CONTROL = 0, 1, 2
ECHO = "an echo of the question"


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """An incident of the set. `topic` is empty when nothing else has its cause, and `ECHO` if it
    was also written to mislead."""

    id: str
    title: str
    text: str
    fix: str
    service: str
    cause: str = ""
    topic: str = ""

    @property
    def declared(self) -> str:
        """What is known when it has just been declared."""
        return f"{self.title}\n{self.text}"

    @property
    def document(self) -> str:
        """What search knows of it when it is over."""
        return f"{self.declared}\n{self.fix}\n{self.cause}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A cause, and those incidents that have it. `near` use words of theirs and have another one;
    `echoes` even repeat the question's."""

    id: str
    cause: str
    oncall: str
    terse: str
    log: str
    incidents: tuple[Labelled, ...]
    near: tuple[Labelled, ...]
    echoes: tuple[Labelled, ...]
    half: int


@cache
def topics() -> tuple[Topic, ...]:
    """All of them, in the order of the files; every other one is of the half that is fitted on."""
    read = [topic for path in sorted(FOLDER.glob("*.toml")) for topic in _file(path)]
    return tuple(_topic(values, number % 2) for number, values in enumerate(read))


@cache
def control() -> tuple[Topic, ...]:
    """Those that somebody wrote who knew neither the others nor how search ranks."""
    return tuple(_topic(values, CONTROL) for values in _file(CONTROL_FILE))


def _file(path: Path) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["topic"]
    return entries


def _topic(values: dict[str, Any], half: int) -> Topic:
    name = values["id"]
    return Topic(
        id=name,
        cause=values["cause"],
        oncall=values["oncall"],
        terse=values.get("terse", ""),
        log=values.get("log", "").strip(),
        incidents=tuple(
            Labelled(id=f"{name}.{number}", topic=name, **entry)
            for number, entry in enumerate(values["incident"], 1)
        ),
        near=_others(f"{name}.near", "", values.get("near", [])),
        echoes=_others(f"{name}.echo", ECHO, values.get("echo", [])),
        half=half,
    )


def _others(name: str, topic: str, entries: list[dict[str, Any]]) -> tuple[Labelled, ...]:
    """What has another cause than anything else here."""
    return tuple(
        Labelled(id=f"{name}{number}", topic=topic, **entry)
        for number, entry in enumerate(entries, 1)
    )
