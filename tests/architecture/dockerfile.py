"""Just enough of a Dockerfile's grammar to ask what it names."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruction:
    word: str
    value: str

    @property
    def arguments(self) -> list[str]:
        """The words of it, whether written as a JSON list or as a line for the shell."""
        if self.value.startswith("["):
            return [str(word) for word in json.loads(self.value)]
        return self.value.split()


def read_instructions(text: str) -> Iterator[Instruction]:
    without_comments = re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE)
    for line in without_comments.replace("\\\n", " ").splitlines():
        if line.strip():
            word, _, value = line.strip().partition(" ")
            yield Instruction(word=word.upper(), value=value.strip())


def copied_from_the_tree(instructions: list[Instruction]) -> list[str]:
    """The sources of every COPY that takes from the build context, not from another stage."""
    copies = [one for one in instructions if one.word in {"COPY", "ADD"}]
    return [
        source
        for copy in copies
        if "--from=" not in copy.value
        for source in [word for word in copy.arguments if not word.startswith("--")][:-1]
    ]
