"""Nothing reads an incident on somebody's behalf without asking whether they may know of it."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.repository import modules, parse

# Use cases that load an incident without asking who may know of it → whose doing that is.
UNASKED = {
    "core/usecases/incident_checks.py": "here it is asked",
    "core/usecases/drafts.py": "Tocsin itself, of drafts that nobody wanted",
    "core/usecases/fixtures.py": "an example that is not there yet",
    "core/usecases/ring.py": "an alert source, of what its alerts are in",
    "core/usecases/rooms.py": "Tocsin itself, when a timer is due",
    "core/usecases/reminding.py": "Tocsin itself, when a timer is due",
    "core/usecases/task_reminders.py": "Tocsin itself, when a timer is due",
}

# Doors, and the first module of each: behind it nothing private is seen without a viewer.
DOORS = {
    "bot/api/routes.py": "the API",
    "bot/outgoing/door.py": "other programs, which are told",
    "bot/paging/routes.py": "alert sources, which ask of their alerts",
    "bot/slack/desk.py": "people in Slack",
}


def _calls(module: Path, owner: str, name: str) -> Iterator[ast.Attribute]:
    """Where `….owner.name` is spoken of."""
    for node in ast.walk(parse(module)):
        if isinstance(node, ast.Attribute) and node.attr == name:
            held = node.value
            if isinstance(held, ast.Attribute) and held.attr == owner:
                yield node


def test_use_cases_ask_who_may_know_of_an_incident_before_they_load_it() -> None:
    unasked = [
        str(module)
        for module in modules("core/usecases")
        if str(module) not in UNASKED and any(_calls(module, "incidents", "get"))
    ]

    assert unasked == []


def test_each_door_is_given_the_eyes_of_nobody() -> None:
    for module in DOORS:
        spoken = [
            node
            for node in ast.walk(parse(Path(module)))
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "seen_by"
            and [ast.unparse(one) for one in node.args] == ["NOBODY"]
        ]

        assert len(spoken) == 1, module


def test_nobody_but_tocsin_itself_looks_through_eyes_that_see_everything() -> None:
    allowed = {
        "bot/api/giving_up.py": "what somebody left with that very request, as they left it",
        "bot/slack/timeline/keeping.py": "a channel that it listens in, whosever it is",
        "bot/slack/targets.py": "whether a channel is an incident's, and nothing of it",
    }
    seeing = [
        str(module)
        for module in modules("bot")
        if str(module) not in allowed and "EVERYTHING" in _taken_from_viewer(module)
    ]

    assert seeing == []


def _taken_from_viewer(module: Path) -> set[str]:
    return {
        alias.name
        for node in ast.walk(parse(module))
        if isinstance(node, ast.ImportFrom) and node.module == "core.domain.viewer"
        for alias in node.names
    }
