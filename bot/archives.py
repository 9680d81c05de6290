"""An organisation's export as a file of JSON Lines, written whole, readable by its owner only."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

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
            rows = Writer(file)
            yield rows.write
            file.write(_line({"rows": rows.count}))
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def entries_in(path: Path) -> Iterator[Entry]:
    """The entries of a file, one at a time; `InvalidInput` names the line that is wrong."""
    try:
        with path.open("rb") as file:
            _require_export(file.readline(), path)
            yield from _entries(file)
    except OSError as problem:
        raise _unusable(path, problem) from problem


class Writer:
    """Writes entries and counts them."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.count = 0

    def write(self, entry: Entry) -> None:
        noun, row = entry
        self._file.write(_line({"noun": noun, "row": row}))
        self.count += 1


def _entries(file: Iterable[bytes]) -> Iterator[Entry]:
    """All of them, and then the line which says that these were all."""
    for number, line in enumerate(file):
        value = _value(line, number + 2)
        if value == {"rows": number}:
            return
        yield _entry(value, number + 2)
    raise InvalidInput("The file breaks off before its end; nothing was imported.", field="file")


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


def _value(line: bytes, number: int) -> Any:
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise _unreadable(number) from error


def _entry(value: Any, number: int) -> Entry:
    match value:
        case {"noun": str(noun), "row": dict(row)}:
            return noun, row
        case _:
            raise _unreadable(number)


def _unreadable(number: int) -> InvalidInput:
    return InvalidInput(f"Line {number} cannot be read; nothing was imported.", field="file")


def _unusable(path: Path, problem: OSError) -> InvalidInput:
    return InvalidInput(f"{path} cannot be used ({problem.strerror}).", field="file")
