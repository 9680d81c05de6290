"""What a command says at its end: lines for a person, or one JSON object for a program."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import orjson

DONE, FAILED, WRONG_USAGE = 0, 1, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The same thing said twice: as an object and in words."""

    object: Mapping[str, object]
    words: str
    code: int = DONE


def say(answer: Answer, *, as_json: bool) -> None:
    """Onto standard output, at once, so that who reads a pipe need not wait."""
    text = orjson.dumps(dict(answer.object)).decode() if as_json else answer.words
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def complain(sentence: str, *, as_json: bool) -> None:
    """For the person on standard error, and for the program that wants an object as well."""
    sys.stderr.write(f"{sentence}\n")
    if as_json:
        say(Answer(object={"error": {"message": sentence}}, words=""), as_json=True)


def table(heads: Sequence[str], rows: Sequence[Sequence[object]], *, empty: str) -> str:
    """Rows under their heads in columns as wide as they need; a sentence when there is none."""
    if not rows:
        return empty
    lines = [[str(cell) for cell in row] for row in (heads, *rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )
