"""A short round through an app, for people who see it for the first time."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field

from sandbox.json_types import Json
from sandbox.manifest import App

MOST_STEPS = 5
DEEDS = frozenset({"command", "button", "submit", "shortcut", "home", "message"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to try.

    `type` is put into the message box by "Try it". `done` names what counts as having done it:
    per deed (see `DEEDS`) a pattern for its words, case aside, that JavaScript understands.
    """

    title: str
    how: str
    type: str = ""
    done: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        unknown = sorted(set(self.done) - DEEDS)
        if unknown:
            known = ", ".join(sorted(DEEDS))
            raise ValueError(f"A step is done by one of {known}, not by {', '.join(unknown)}.")

    def to_json(self) -> Json:
        return asdict(self) | {"done": dict(self.done)}


def tour_of(app: App) -> tuple[Step, ...]:
    """What there is to try in any app, as far as its manifest tells."""
    return tuple(_steps(app))[:MOST_STEPS]


def _steps(app: App) -> Iterator[Step]:
    for command in app.commands[:2]:
        yield Step(
            title=f"Type {command.command}",
            how=command.description or "A slash shows all commands.",
            type=f"{command.command} ",
            done={"command": rf"^{re.escape(command.command)}(\s|$)"},
        )
    for shortcut in app.shortcuts[:1]:
        where = "the lightning button" if shortcut.type == "global" else "a message’s menu"
        yield Step(
            title=f"Use the shortcut “{shortcut.name}”",
            how=f"It is behind {where}.",
            done={"shortcut": "."},
        )
    if app.home_tab:
        yield Step(title="Open its Home", how="Below Apps, at the left.", done={"home": "."})
    if "app_mention" in app.events:
        name = app.bot_name.lower().replace(" ", "_")
        yield Step(
            title=f"Mention @{name}",
            how="Invite it to the channel first.",
            type=f"@{name} ",
            done={"message": f"@{re.escape(name)}"},
        )
    if app.interactive:
        yield Step(title="Press a button", how="Buttons work as in Slack.", done={"button": "."})
        yield Step(title="Submit a form", how="Errors stand at their fields.", done={"submit": "."})
