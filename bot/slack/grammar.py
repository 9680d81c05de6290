"""How a typed line is taken apart, whichever command it follows; pure."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from bot.slack.text import plain_from_slack

QUOTES = "\"'“”„‘’«»"


class UsageError(Exception):
    """It could not be understood; the message says what would be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The first words a command knows. `later` are those it will know one day; `otherwise` ends
    the sentence for whoever used another one."""

    command: str
    verbs: Collection[str]
    aliases: Mapping[str, str]
    otherwise: str
    later: frozenset[str] = frozenset()

    def verb(self, word: str) -> str:
        """The verb that `word` is, is another word for, or begins like no other."""
        word = self.aliases.get(word, word)
        if word in self.verbs or word in self.later:
            return word
        starting = [verb for verb in self.verbs if len(word) >= 3 and verb.startswith(word)]
        if len(starting) == 1:
            return starting[0]
        raise UsageError(self._unknown(word))

    def _unknown(self, word: str) -> str:
        known = [*self.verbs, *sorted(self.later), *self.aliases]
        near = get_close_matches(word, known, n=1, cutoff=0.6)
        verb = self.aliases.get(near[0], near[0]) if near else ""
        meant = f"Did you mean “{self.command} {verb}”? " if verb else ""
        return f"There is no command “{word[:40]}”. {meant}{self.otherwise}"


@dataclass(frozen=True, slots=True, kw_only=True)
class References:
    """How things are called: `INC-7`, by whoever may also type `#inc-07`. `noun` says what they
    are, with its article."""

    prefix: str
    noun: str
    command: str
    _pattern: re.Pattern[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        pattern = re.compile(rf"#?{self.prefix}-?(\d{{1,9}})", re.IGNORECASE)
        object.__setattr__(self, "_pattern", pattern)

    def of(self, word: str) -> str:
        """The reference that `word` is, or nothing."""
        found = self._pattern.fullmatch(word.strip(":,"))
        return f"{self.prefix}-{int(found.group(1))}" if found else ""

    def taken(self, rest: str, *, anywhere: bool = False) -> tuple[str, str]:
        """The reference, if one is given (first, or anywhere), and what else was typed."""
        words = rest.split()
        for place in range(len(words) if anywhere else min(1, len(words))):
            if reference := self.of(words[place]):
                other = " ".join(words[:place] + words[place + 1 :])
                return reference, other if anywhere else rest[len(words[0]) :].strip()
        return "", rest

    def nothing_more(self, other: str, example: str) -> None:
        """`UsageError` when something follows where nothing can."""
        if other:
            raise UsageError(
                f"“{plain_from_slack(other)[:40]}” is not {self.noun}; "
                f"type it like “{self.command} {example}”."
            )


def first_word(text: str) -> tuple[str, str]:
    """The first word as it is looked up, and the rest as it was typed."""
    words = text.split()
    first = plain_from_slack(words[0]).lower().lstrip("/")
    return first, text.strip()[len(words[0]) :].strip()


def spoken(text: str) -> str:
    """As meant to be read; quotation marks around the whole are not part of it."""
    plain = plain_from_slack(text).strip()
    if len(plain) > 1 and plain[0] in QUOTES and plain[-1] in QUOTES:
        return plain[1:-1].strip()
    return plain
