"""The project's own files, as the tests of this folder look at them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PRODUCT = ("core", "storage", "bot", "sandbox")
PYTHON = (*PRODUCT, "tests", "bench")


def tracked_files() -> list[str]:
    """Every file git knows, relative to the top; a tree without git has no answer to give."""
    if not (ROOT / ".git").exists():
        pytest.skip("This copy has no .git folder, so nobody can say which files are tracked.")
    # The folder may belong to somebody else than the user who runs the tests.
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z"]
    listing = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return [name for name in listing.stdout.split("\0") if name]


def modules(*packages: str) -> list[Path]:
    """The Python files below these folders, relative to the top."""
    return sorted(
        path.relative_to(ROOT) for package in packages for path in (ROOT / package).rglob("*.py")
    )


@cache
def read(module: Path) -> str:
    return (ROOT / module).read_text(encoding="utf-8")


@cache
def parse(module: Path) -> ast.Module:
    return ast.parse(read(module), filename=str(module))


def functions(module: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(parse(module)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def place(module: Path, node: ast.stmt | ast.expr | ast.excepthandler) -> str:
    return f"{module}:{node.lineno}"
