"""What somebody typed after “/incident”, understood or kindly refused; pure."""

import re
from collections.abc import Callable, Mapping

from bot.slack.grammar import QUOTES, References, UsageError, Vocabulary, first_word, spoken
from bot.slack.text import plain_from_slack
from bot.slack.wishes import (
    Acknowledge,
    Alerts,
    Assign,
    Declare,
    Help,
    ListIncidents,
    NotYet,
    OpenForm,
    Reopen,
    Resolve,
    SetSeverity,
    Show,
    Similar,
    Somebody,
    Update,
    Wish,
)
from core.domain.severity import WORDS

LATER = frozenset(
    {
        "cancel",
        "lead",
        "link",
        "merge",
        "note",
        "postmortem",
        "private",
        "role",
        "service",
        "snooze",
        "subscribe",
        "task",
        "tasks",
        "timeline",
    }
)
ALIASES: Mapping[str, str] = {
    "new": "declare",
    "acknowledge": "ack",
    "sev": "severity",
    "status": "update",
    "take": "assign",
    "?": "help",
}
_INCIDENTS = References(prefix="INC", noun="an incident", command="/incident")
_MEMBER = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")
_LEVEL = re.compile(r"sev-?([1-4])", re.IGNORECASE)
_EMAIL = re.compile(r"(?:<mailto:[^|<>]*\|)?([^\s<>|@]+@[^\s<>|@]+)>?")
_PAGE = re.compile(r"(firing)?(?: ?after (\w{1,80}))?", re.IGNORECASE)
"""The second part is only carried by buttons."""

_LINKING = frozenset({"are", "at", "be", "got", "is", "so", "still", "too", "very", "was", "were"})


def parse(text: str) -> Wish:
    """What is wished; `UsageError` with a sentence when nothing sensible is."""
    if not text.strip():
        return OpenForm()
    first, rest = first_word(text)
    if not rest and (reference := _INCIDENTS.of(first)):
        return Show(reference=reference)
    verb = VOCABULARY.verb(first)
    return NotYet(word=verb) if verb in LATER else VERBS[verb](rest)


def _declare(rest: str) -> Wish:
    title, severity = split_severity(spoken(rest))
    return Declare(title=title, severity=severity) if title else OpenForm()


def _list(rest: str) -> Wish:
    scope = rest.lower()
    if scope not in ("", "mine", "my", "all", "active", "open"):
        raise UsageError(
            "Type “/incident list” for what is going on, “/incident list mine” for your own, "
            "or “/incident list all” for past ones too."
        )
    return ListIncidents(mine=scope in ("mine", "my"), everything=scope == "all")


def _show(rest: str) -> Wish:
    reference, other = _INCIDENTS.taken(rest)
    _INCIDENTS.nothing_more(other, "show INC-7")
    return Show(reference=reference)


def _acknowledge(rest: str) -> Wish:
    reference, other = _INCIDENTS.taken(rest)
    _INCIDENTS.nothing_more(other, "ack INC-7")
    return Acknowledge(reference=reference)


def _update(rest: str) -> Wish:
    reference, text = _INCIDENTS.taken(rest)
    return Update(reference=reference, text=spoken(text))


def _severity(rest: str) -> Wish:
    reference, level = _INCIDENTS.taken(rest, anywhere=True)
    plain = _level(level)
    if level and plain not in WORDS:
        raise UsageError(
            f"“{level[:40]}” is not a severity; type “/incident severity” and critical, high, "
            "medium or low (or sev1 to sev4)."
        )
    return SetSeverity(reference=reference, level=plain)


def _assign(rest: str) -> Wish:
    reference, who = _INCIDENTS.taken(rest, anywhere=True)
    return Assign(reference=reference, who=_somebody(who) if who else None)


def _resolve(rest: str) -> Wish:
    reference, text = _INCIDENTS.taken(rest)
    return Resolve(reference=reference, text=spoken(text))


def _reopen(rest: str) -> Wish:
    reference, text = _INCIDENTS.taken(rest)
    return Reopen(reference=reference, text=spoken(text))


def _similar(rest: str) -> Wish:
    """A reference alone asks about that incident; anything else are words to look for."""
    reference, other = _INCIDENTS.taken(rest)
    if reference and not other:
        return Similar(reference=reference)
    return Similar(text=spoken(rest))


def _alerts(rest: str) -> Wish:
    reference, other = _INCIDENTS.taken(rest)
    found = _PAGE.fullmatch(other.strip())
    if found is None:
        raise UsageError(
            "Type “/incident alerts INC-7” for the alerts of an incident, or "
            "“/incident alerts INC-7 firing” for those that fire."
        )
    firing, after = found.groups()
    return Alerts(reference=reference, firing=bool(firing), after=after or "")


def _help(rest: str) -> Wish:
    word = rest.lower().strip("`/ ")
    return Help(topic=ALIASES.get(word, word))


VERBS: Mapping[str, Callable[[str], Wish]] = {
    "declare": _declare,
    "list": _list,
    "show": _show,
    "ack": _acknowledge,
    "update": _update,
    "severity": _severity,
    "assign": _assign,
    "resolve": _resolve,
    "reopen": _reopen,
    "similar": _similar,
    "alerts": _alerts,
    "help": _help,
}

VOCABULARY = Vocabulary(
    command="/incident",
    verbs=VERBS,
    aliases=ALIASES,
    later=LATER,
    otherwise=(
        "To declare an incident, type “/incident declare” and what is wrong; "
        "“/incident help” lists everything."
    ),
)


def split_severity(text: str) -> tuple[str, str]:
    """Title and severity. `sev2` at either end is taken out. A plain word counts too: a last one
    is taken out, a first one stays part of the title ("High CPU on db1"), and one that belongs
    to the sentence ("latency is high") is left alone."""
    words = text.split()
    for end in (-1, 0):
        if words and _LEVEL.fullmatch(words[end].strip(",:;-()[]")):
            level = _level(words.pop(end).strip(",:;-()[]"))
            return " ".join(words), level
    if len(words) < 2:
        return text, ""
    last, first = words[-1].lower(), words[0].lower().rstrip(":")
    if last in WORDS and words[-2].lower() not in _LINKING:
        return " ".join(words[:-1]).rstrip(" ,;:-"), last
    return text, first if first in WORDS else ""


def _level(word: str) -> str:
    level = _LEVEL.fullmatch(word.strip())
    return f"sev{level.group(1)}" if level else word.strip().lower()


def _somebody(word: str) -> Somebody:
    if member := _MEMBER.search(word):
        return Somebody(slack_user_id=member.group(1))
    if word.lower().lstrip("@") in ("me", "myself"):
        return Somebody(me=True)
    if email := _EMAIL.fullmatch(word):
        return Somebody(email=email.group(1))
    return Somebody(name=plain_from_slack(word).strip(QUOTES).removeprefix("@"))
