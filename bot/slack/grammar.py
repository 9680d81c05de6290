"""How a typed line is taken apart, whichever command it follows; pure."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from bot.slack.text import plain_from_slack
from core.language import say

QUOTES = "\"'“”„‘’«»"
ASKING = frozenset({"help", "--help", "-h", "?"})
"""What is typed after a command to be told about it."""

_PIECE = re.compile(rf"<[^<>]*>|[\"“”„«]([^\"“”„«»]*)[\"“”»]|[^\s{QUOTES}<]\S*|\S")
_SHORTEST_BEGINNING = 2
"""Of a word that is understood; a single letter is asked about."""

_AS_CLOSE = 0.6

_NUMBER = re.compile(r"(\d{1,9})", re.ASCII)


class UsageError(Exception):
    """It could not be understood; the message says what would be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The first words a command knows. `otherwise` ends the sentence for whoever used another one;
    `meaning` are words of other tools, and what is meant by them here."""

    command: str
    verbs: Collection[str]
    aliases: Mapping[str, str]
    otherwise: Callable[[], str]
    meaning: Mapping[str, str] = field(default_factory=dict)

    def verb(self, word: str) -> str:
        """The verb that `word` is, is another word for, or begins like no other."""
        word = self.aliases.get(word, word)
        if word in self.verbs:
            return word
        begun = self._begun(word)
        if len(begun) == 1 and len(word) >= _SHORTEST_BEGINNING:
            return begun[0]
        if len(begun) > 1:
            raise UsageError(self._ambiguous(word, begun))
        raise UsageError(self._unknown(word, *begun))

    def _begun(self, word: str) -> list[str]:
        """The verbs that begin so, or have another word that does."""
        known = [*self.verbs, *self.aliases] if word else []
        return sorted({self.aliases.get(one, one) for one in known if one.startswith(word)})

    def _ambiguous(self, word: str, begun: list[str]) -> str:
        return say(
            "“{word}” begins several commands: {commands}. Type a letter more.",
            word=word[:40],
            commands=", ".join(f"“{self.command} {verb}”" for verb in begun),
        )

    def _unknown(self, word: str, begun: str = "") -> str:
        verb = begun or self._nearest(word)
        if not verb:
            return say(
                "There is no command “{word}”. {otherwise}",
                word=word[:40],
                otherwise=self.otherwise(),
            )
        return say(
            "There is no command “{word}”. Did you mean “{command} {verb}”? {otherwise}",
            word=word[:40],
            command=self.command,
            verb=verb,
            otherwise=self.otherwise(),
        )

    def _nearest(self, word: str) -> str:
        meant = {**self.aliases, **self.meaning}
        near = get_close_matches(word[:40], [*self.verbs, *meant], n=1, cutoff=_AS_CLOSE)
        return meant.get(near[0], near[0]) if near else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Either:
    """A number before words, which may be a `reference` or part of them: the line to type in the
    one case and in the other."""

    reference: str
    named: str
    told: str


def about_one(
    verbs: Iterable[str], aliases: Mapping[str, str], *, but: Collection[str]
) -> frozenset[str]:
    """Every word for what is done to one thing that has a number."""
    return frozenset(one for one in (*verbs, *aliases) if aliases.get(one, one) not in but)


@dataclass(frozen=True, slots=True, kw_only=True)
class References:
    """How things are called: `INC-7`, by whoever may also type `#inc-07`, `INC 7` or `#7`.
    `refusal` is said of other words in that place, of which it gets the words and an example to
    type instead."""

    prefix: str
    command: str
    refusal: Callable[[str, str], str]
    _pattern: re.Pattern[str] = field(init=False, repr=False)
    _apart: re.Pattern[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        pattern = re.compile(rf"(?:#?{self.prefix}-?|#)(\d{{1,9}})", re.IGNORECASE | re.ASCII)
        apart = re.compile(
            rf"(?<!\S)#?{self.prefix} +#?(?=\d{{1,9}}[:,]?(?!\S))", re.IGNORECASE | re.ASCII
        )
        object.__setattr__(self, "_pattern", pattern)
        object.__setattr__(self, "_apart", apart)

    def of(self, word: str, *, bare: bool = False) -> str:
        """The reference that `word` is, or nothing; with `bare` the number alone will do."""
        word = word.strip(":,")
        found = self._pattern.fullmatch(word) or (bare and _NUMBER.fullmatch(word))
        return f"{self.prefix}-{int(found.group(1))}" if found else ""

    def taken(self, rest: str, *, anywhere: bool = False, bare: bool = False) -> tuple[str, str]:
        """The reference, if one is given (first, or anywhere), and what else was typed."""
        rest = self._together(rest.strip(), anywhere=anywhere)
        words = rest.split()
        for place in range(len(words) if anywhere else min(1, len(words))):
            if reference := self.of(words[place], bare=bare):
                other = " ".join(words[:place] + words[place + 1 :])
                return reference, other if anywhere else rest[len(words[0]) :].strip()
        return "", rest

    def beside(self, rest: str, fits: Callable[[str], object]) -> tuple[str, str]:
        """A reference anywhere, or else a bare number that nothing but it can be: the first word,
        or the last one behind what `fits` without it."""
        reference, other = self.taken(rest, anywhere=True)
        if reference or fits(other):
            return reference, other
        reference, behind = self.taken(other, bare=True)
        if reference:
            return reference, behind
        before, _, last = other.rpartition(" ")
        last = self.of(last, bare=True) if fits(before.strip()) else ""
        return (last, before.strip()) if last else ("", other)

    def before_text(self, rest: str) -> tuple[str, str]:
        """Where a text may follow, a bare number is a reference only if nothing does."""
        reference, text = self.taken(rest, bare=True)
        return self.taken(rest) if text else (reference, text)

    def either(self, verb: str, rest: str, told: str = "") -> Either | None:
        """Where a bare number stands before a text; `told` is the rest of the line when it belongs
        to that."""
        reference, text = self.taken(rest, bare=True)
        if not text or self.taken(rest)[0] or not reference:
            return None
        line = f"{verb} {told or quoted(rest.strip())}"
        return Either(reference=reference, named=f"{verb} {reference} {text}", told=line)

    def turned(self, text: str, verbs: Collection[str]) -> str:
        """`INC-7 ack …` the way it is read, `ack INC-7 …`, and so with a bare number before one of
        the `verbs`; anything else as it is."""
        text = self._together(text)
        first, rest = first_word(text)
        if not rest:
            return text
        verb, other = first_word(rest)
        reference = self.of(first, bare=verb in verbs)
        return f"{verb} {reference} {other}" if reference and not self.of(verb) else text

    def nothing_more(self, other: str, example: str) -> None:
        """`UsageError` when something follows where nothing can."""
        if other.strip():
            words = plain_from_slack(other)[:40]
            raise UsageError(self.refusal(words, f"{self.command} {example}"))

    def _together(self, text: str, *, anywhere: bool = False) -> str:
        """`INC 7` as one word."""
        if anywhere:
            return self._apart.sub(f"{self.prefix}-", text)
        found = self._apart.match(text)
        return f"{self.prefix}-{text[found.end() :]}" if found else text


def first_word(text: str) -> tuple[str, str]:
    """The first word as it is looked up, and the rest as it was typed."""
    words = text.split()
    first = plain_from_slack(words[0]).lower().lstrip("/")
    return first, text.strip()[len(words[0]) :].strip()


def pieces(text: str) -> list[str]:
    """The words as typed; those in quotation marks are one, without the marks."""
    found = (match.group(1) or match.group() for match in _PIECE.finditer(text))
    return [piece for typed in found if (piece := typed.strip(f"{QUOTES} "))]


def spoken(text: str) -> str:
    """As meant to be read; quotation marks around the whole are not part of it."""
    plain = plain_from_slack(text).strip()
    if len(plain) > 1 and plain[0] in QUOTES and plain[-1] in QUOTES:
        return plain[1:-1].strip()
    return plain


def quoted(text: str) -> str:
    """In quotation marks, so that `spoken` hears all of it as it is."""
    return f"“{text}”"
