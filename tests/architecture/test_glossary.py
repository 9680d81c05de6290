"""The glossary is one table for each of its chapters, in which a word is found by its letters."""

import re
from collections import Counter

from tests.architecture.repository import ROOT

HEAD = ["| word | means |", "| --- | --- |"]


def _chapters() -> dict[str, list[str]]:
    text = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
    parts = re.split(r"^## (.+)\n", text, flags=re.MULTILINE)[1:]
    return {
        name: lines.strip().splitlines()
        for name, lines in zip(parts[::2], parts[1::2], strict=True)
    }


def _words(lines: list[str]) -> list[str]:
    found = (re.match(r"\| (.+?) \| .+ \|$", line) for line in lines)
    return [re.sub(r"[*`]", "", one[1]).casefold() if one else "" for one in found]


def test_each_chapter_is_one_table() -> None:
    chapters = _chapters()

    assert len(chapters) > 3
    assert {name: lines[:2] for name, lines in chapters.items()} == dict.fromkeys(chapters, HEAD)
    assert [name for name, lines in chapters.items() if "" in _words(lines[2:])] == []


def test_the_words_of_a_chapter_stand_in_order_and_once() -> None:
    words = {name: _words(lines[2:]) for name, lines in _chapters().items()}

    assert [name for name, found in words.items() if found != sorted(found)] == []
    assert [w for found in words.values() for w, count in Counter(found).items() if count > 1] == []
