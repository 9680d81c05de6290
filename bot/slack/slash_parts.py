"""What several commands of “/incident” are made of: incidents, people and levels, as typed."""

import re

from bot.slack.grammar import QUOTES, References, UsageError, pieces
from bot.slack.text import plain_from_slack
from bot.slack.wishes import Somebody
from core.domain.severity import WORDS
from core.language import say


def _no_incident(words: str, example: str) -> str:
    return say(
        "“{words}” is not an incident; type it like “{example}”.", words=words, example=example
    )


INCIDENTS = References(prefix="INC", command="/incident", refusal=_no_incident)
NOBODY = "nobody"
_MEMBER = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")
_EMAIL = re.compile(r"(?:<mailto:[^|<>]*\|)?([^\s<>|@]+@[^\s<>|@]+)>?")
_MARKED = (
    r"<@[UW][A-Z0-9]+(?:\|[^<>]*)?>|<mailto:[^<>]*>|@[^\s@]+|[^\s<>|@]+@[^\s<>|@]+\.[^\s<>|@]+"
)
_LAST = re.compile(rf"(?:^|\s)({_MARKED})\s*$")
_FIRST = re.compile(r"^\s*(<@[UW][A-Z0-9]+(?:\|[^<>]*)?>)(?:\s|$)")
_LEVEL = re.compile(r"(?:sev[- ]?)?([1-4])", re.IGNORECASE | re.ASCII)
_ALONE = ("me", "myself", NOBODY)


def somebody(word: str) -> Somebody:
    """Whoever is meant by `me`, a mention, an address or a name."""
    if member := _MEMBER.fullmatch(word.strip(f"{QUOTES} ,;.")):
        return Somebody(slack_user_id=member.group(1))
    if _MEMBER.search(word):
        raise UsageError(_who())
    if word.strip(f"{QUOTES} ").lower().lstrip("@") in ("me", "myself"):
        return Somebody(me=True)
    if email := _EMAIL.fullmatch(word.strip(f"{QUOTES} ")):
        return Somebody(email=email.group(1))
    if name := plain_from_slack(word).strip(f"{QUOTES} ").removeprefix("@").strip():
        return Somebody(name=name)
    raise UsageError(_who())


def _who() -> str:
    return say("Say who is meant: “me”, @ and a name from Slack's list, or an e-mail.")


def about_somebody(rest: str) -> tuple[str, Somebody | None]:
    """An incident and a person, either of them or neither."""
    reference, who = INCIDENTS.beside(rest, _is_marked)
    return reference, somebody(who) if who else None


def _is_marked(text: str) -> bool:
    return bool(re.fullmatch(_MARKED, text)) or text.lower() in _ALONE


def person_at_an_end(text: str) -> tuple[str, Somebody | None]:
    """What was typed besides a person, who stands last, or first as a mention."""
    if found := _LAST.search(text):
        return text[: found.start()].strip(), somebody(found.group(1))
    if found := _FIRST.search(text):
        return text[found.end() :].strip(), somebody(found.group(1))
    return text.strip(), None


def role_and_person(text: str) -> tuple[str, Somebody | None]:
    """The role, whose name may have spaces, and whoever is behind it: a person as people are
    marked, `me`, `nobody`, or any name in quotation marks behind a role or a word."""
    other, who = person_at_an_end(text)
    if who:
        return other, who
    words = pieces(text)
    if len(words) > 1 and (words[-1].lower() in _ALONE or _quoted_apart(text, words)):
        return " ".join(words[:-1]), somebody(words[-1])
    return text, None


def people(text: str) -> tuple[Somebody, ...]:
    """All of them, with commas or “and” between them or not."""
    words = (word.rstrip(",;") for word in pieces(text))
    return tuple(somebody(word) for word in words if word and word.lower() not in ("and", "&amp;"))


def is_level(typed: str) -> bool:
    return _plain_level(typed) in WORDS


def level(typed: str) -> str:
    """The severity as the core names it, of what may also be `SEV-1`, `sev 1` or just `1`."""
    plain = _plain_level(typed)
    if plain and plain not in WORDS:
        raise UsageError(
            say(
                "“{word}” is not a severity; type critical, high, medium or low (or sev1 to sev4).",
                word=plain_from_slack(typed)[:40],
            )
        )
    return plain


def _plain_level(typed: str) -> str:
    found = _LEVEL.fullmatch(typed.strip())
    return f"sev{found.group(1)}" if found else typed.strip().lower()


def _quoted_apart(text: str, words: list[str]) -> bool:
    """Whether the last two of the words were kept apart by quotation marks."""
    return any(mark in QUOTES for mark in (text.strip()[0], text.strip()[-1])) and len(words) == 2
