"""What every module owes its reader, and what none may do behind the reader's back."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.repository import PRODUCT, PYTHON, functions, modules, parse, place, read

CLOCKS = {Path("bot/bootstrap/moment.py"), Path("sandbox/clock.py")}
WALL_CLOCK = {
    ("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"),
    ("time", "time"), ("time", "time_ns"),
}  # fmt: skip

# The outermost edge of each door, where a failure nobody could name is logged and the door stays
# open. Everywhere else an exception is caught by its name, or caught to clean up and raised on.
# Module → what it is the edge of.
EDGES: dict[str, str] = {
    "bot/attempts.py": "one command that is due",
    "bot/cli/entry.py": "the command line",
    "bot/indexing.py": "one turn at the index",
    "bot/lookout.py": "one look at what is due",
    "bot/relay.py": "one parcel, and one look at the outbox",
    "bot/slack/errors.py": "one gesture in Slack",
    "bot/web/edge.py": "one HTTP request",
    "bot/webhooks/triage.py": "one turn at the inbox",
    "sandbox/control/refusing.py": "one request of the control API",
    "sandbox/web_api/dispatch.py": "one call of the Web API",
    "storage/batching.py": "one work of a shared transaction: its caller is told, the rest goes on",
    "storage/similarity/chroma_server.py": "one request, whose client raises plain exceptions",
    "storage/similarity/worker.py": "one request of the process beside",
}

# Slow to import, and needed only once their adapter is opened.
IMPORTED_WHEN_OPENED = {"chromadb", "matplotlib", "onnxruntime"}

SENTENCE_END = re.compile(r"[.!?]['\")]*\s+(?=[A-Z])")


def _nodes(module: Path, *kinds: type[ast.AST]) -> Iterator[ast.AST]:
    return (node for node in ast.walk(parse(module)) if isinstance(node, kinds))


def _is_one_sentence(docstring: str | None) -> bool:
    first = (docstring or "").strip().split("\n\n")[0]
    return first.endswith((".", "!", "?")) and not SENTENCE_END.search(first)


def test_every_module_starts_with_one_sentence() -> None:
    mute = [
        str(module)
        for module in modules(*PYTHON)
        if read(module).strip() and not _is_one_sentence(ast.get_docstring(parse(module)))
    ]

    assert mute == []


def test_no_module_is_named_after_nothing() -> None:
    empty_words = re.compile(r"(^|_)(utils?|helpers?|managers?)(_|$)")

    assert [str(module) for module in modules(*PYTHON) if empty_words.search(module.stem)] == []


def _reads_the_clock(node: ast.AST) -> bool:
    match node:
        case ast.Attribute(value=ast.Name(id=owner) | ast.Attribute(attr=owner), attr=name):
            return (owner, name) in WALL_CLOCK
        case ast.ImportFrom(module="time", names=names):
            return any(alias.name in {"time", "time_ns"} for alias in names)
        case _:
            return False


def test_the_time_of_day_is_an_argument() -> None:
    clocks = [
        place(module, node)
        for module in modules(*PRODUCT)
        if module not in CLOCKS
        for node in _nodes(module, ast.Attribute, ast.ImportFrom)
        if isinstance(node, ast.Attribute | ast.ImportFrom) and _reads_the_clock(node)
    ]

    assert clocks == []


def _replaces_a_part(node: ast.AST) -> bool:
    match node:
        case ast.Import(names=names):
            return any(alias.name.startswith(("unittest.mock", "mock")) for alias in names)
        case ast.ImportFrom(module="unittest.mock" | "mock"):
            return True
        case ast.ImportFrom(module="unittest", names=names):
            return any(alias.name == "mock" for alias in names)
        case ast.Attribute(value=ast.Name(id="monkeypatch"), attr="setattr"):
            return True
        case _:
            return False


def test_nothing_is_mocked() -> None:
    mocks = [
        f"{module}: {ast.unparse(node)}"
        for module in modules(*PYTHON)
        for node in ast.walk(parse(module))
        if _replaces_a_part(node)
    ]

    assert mocks == []


def _names(caught: ast.expr | None) -> set[str]:
    if caught is None:
        return {"BaseException"}
    return {node.id for node in ast.walk(caught) if isinstance(node, ast.Name)}


def _swallows_everything(node: ast.AST) -> bool:
    broad = {"Exception", "BaseException"}
    match node:
        case ast.ExceptHandler(type=caught, body=[*_, last]):
            return bool(_names(caught) & broad) and not _raises_on(last)
        case ast.Call(func=ast.Name(id="suppress") | ast.Attribute(attr="suppress"), args=args):
            return any(_names(arg) & broad for arg in args)
        case _:
            return False


def _raises_on(last: ast.stmt) -> bool:
    return isinstance(last, ast.Raise) and last.exc is None


def _modules_that_swallow() -> set[str]:
    return {
        str(module)
        for module in modules(*PRODUCT)
        for node in ast.walk(parse(module))
        if _swallows_everything(node)
    }


def test_everything_is_caught_only_at_the_edge_of_a_door() -> None:
    assert sorted(_modules_that_swallow() - set(EDGES)) == []


def test_no_edge_is_listed_that_catches_by_name() -> None:
    assert sorted(set(EDGES) - _modules_that_swallow()) == []


def _packages(node: ast.AST) -> set[str]:
    match node:
        case ast.Import(names=names):
            return {alias.name.split(".")[0] for alias in names}
        case ast.ImportFrom(module=name):
            return {(name or "").split(".")[0]}
        case _:
            return set()


def test_imports_stand_on_top() -> None:
    hidden = [
        place(module, function)
        for module in modules(*PYTHON)
        for function in functions(module)
        if set().union(*map(_packages, ast.walk(function))) - IMPORTED_WHEN_OPENED
    ]

    assert hidden == []
