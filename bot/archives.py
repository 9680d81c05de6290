"""An organisation's export as a file of JSON Lines, written whole, readable by its owner only."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import orjson

from bot.private_files import OWNER_ONLY
from core.errors import InvalidInput
from core.ports.archive import Entry

FORMAT = "tocsin-export"
VERSION = 1


@contextmanager
def written(path: Path) -> Iterator[Callable[[Entry], None]]:
    """Takes entries; the file appears under its name once all of them are written."""
    draft = path.with_name(f".{path.name}.part")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY)
    except OSError as problem:
        raise _unusable(path, problem) from problem
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(_line({"format": FORMAT, "version": VERSION}))
            yield lambda entry: _write(file, entry)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def entries_in(path: Path) -> Iterator[Entry]:
    """The entries of a file, one at a time; `InvalidInput` names the line that is wrong."""
    try:
        with path.open("rb") as file:
            _require_export(file.readline(), path)
            for number, line in enumerate(file, start=2):
                yield _entry(line, number)
    except OSError as problem:
        raise _unusable(path, problem) from problem


def _write(file: BinaryIO, entry: Entry) -> None:
    noun, row = entry
    file.write(_line({"noun": noun, "row": row}))


def _line(value: object) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE)


def _require_export(line: bytes, path: Path) -> None:
    try:
        head = orjson.loads(line)
        known = (head["format"], head["version"]) == (FORMAT, VERSION)
    except (orjson.JSONDecodeError, KeyError, TypeError):
        known = False
    if not known:
        raise InvalidInput(f"{path} is no export of this version of Tocsin.", field="file")


def _entry(line: bytes, number: int) -> Entry:
    try:
        value = orjson.loads(line)
        return value["noun"], dict(value["row"])
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError) as error:
        raise InvalidInput(
            f"Line {number} cannot be read; nothing was imported.", field="file"
        ) from error


def _unusable(path: Path, problem: OSError) -> InvalidInput:
    return InvalidInput(f"{path} cannot be used ({problem.strerror}).", field="file")
