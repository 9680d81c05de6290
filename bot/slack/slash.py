"""What somebody typed after “/incident”, understood or kindly refused; pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.slack.grammar import ASKING, UsageError, Vocabulary, about_one, first_word, spoken
from bot.slack.places import place_behind
from bot.slack.slash_parts import INCIDENTS, about_somebody, is_level, level
from bot.slack.slash_tasks import task_quoted
from bot.slack.slash_together import TOGETHER
from bot.slack.slash_words import ALIASES, MEANING
from bot.slack.wishes import (
    About,
    Acknowledge,
    Alerts,
    Assign,
    Declare,
    Help,
    ListIncidents,
    OpenForm,
    Reopen,
    Resolve,
    SetSeverity,
    Show,
    Similar,
    Update,
    Which,
    Wish,
)
from core.domain.severity import WORDS
from core.language import say

_LEVEL = re.compile(r"sev-?([1-4])", re.IGNORECASE | re.ASCII)
_SERVICE = re.compile(r"\bservice\b", re.IGNORECASE)
_PAGE = re.compile(r"(firing)?(?: ?after (\w{1,80}))?", re.IGNORECASE)
"""The second part is only carried by buttons."""

_STATUS = "status"
_TOLD = frozenset({"update", "resolve", "reopen", "cancel", "note", "task"})
"""People's own words follow them, which may begin with a number."""

_OWN = frozenset({"mine", "my"})
_SCOPES = _OWN | {"all", "active", "open"}
_LINKING = frozenset({"are", "at", "be", "got", "is", "so", "still", "too", "very", "was", "were"})


def parse(text: str) -> Wish:
    """What is wished; `UsageError` with a sentence when nothing sensible is."""
    if not text.strip():
        return OpenForm()
    first, rest = first_word(INCIDENTS.turned(text, _ABOUT_ONE))
    if not rest and (reference := INCIDENTS.of(first, bare=True)):
        return Show(reference=reference)
    verb = _verb(first, rest)
    if rest.lower() in ASKING:
        return Help(topic=verb)
    told = task_quoted(rest) if verb == "task" else ""
    if verb in _TOLD and (either := INCIDENTS.either(verb, rest, told)):
        return either
    wish = VERBS[verb](rest)
    return _repeatable(wish, verb, rest) if isinstance(wish, About) else wish


def _verb(first: str, rest: str) -> str:
    """`status` asks how it stands; where words follow, it tells."""
    asked = rest.lower() in ASKING or not INCIDENTS.taken(rest, bare=True)[1]
    if first == _STATUS and not asked:
        return "update"
    return VOCABULARY.verb(first)


def _repeatable(wish: About, verb: str, rest: str) -> Wish:
    """Together with what was typed, but for the incident it is about."""
    _, other = INCIDENTS.taken(rest, bare=True)
    return replace(wish, verb=verb, rest=other if wish.reference else rest)


def _declare(rest: str) -> Wish:
    title, severity = split_severity(spoken(rest))
    if not title:
        return OpenForm(severity=severity)
    return Declare(title=title, severity=severity)


def _list(rest: str) -> Wish:
    """The name of a service may have spaces; which incidents are meant stands before or behind."""
    wanted, after = place_behind(rest)
    scope, *named = _SERVICE.split(wanted, maxsplit=1)
    name, behind = _scopes_behind("".join(named))
    words = frozenset([*scope.lower().split(), *behind])
    if not words <= _SCOPES:
        raise UsageError(
            say(
                "Type “/incident list” for what is going on, “/incident list mine” for your own, "
                "“/incident list all” for past ones too, “/incident list service NAME” or "
                "“/incident list all service NAME”."
            )
        )
    mine, everything, service = bool(words & _OWN), "all" in words, spoken(name)
    if named and not service:
        scoped = ["list", *(["mine"] if mine else []), *(["all"] if everything else [])]
        return Which(before=" ".join([*scoped, "service"]))
    return ListIncidents(mine=mine, everything=everything, service=service, after=after)


def _scopes_behind(text: str) -> tuple[str, list[str]]:
    """A name, and the words behind it that say which of its incidents; in quotation marks they are
    the name's."""
    words, behind = text.split(), list[str]()
    while words and words[-1].lower() in _SCOPES:
        behind.append(words.pop().lower())
    return " ".join(words), behind


def _show(rest: str) -> Wish:
    reference, other = INCIDENTS.taken(rest, bare=True)
    INCIDENTS.nothing_more(other, "show INC-7")
    return Show(reference=reference)


def _acknowledge(rest: str) -> Wish:
    reference, other = INCIDENTS.taken(rest, bare=True)
    INCIDENTS.nothing_more(other, "ack INC-7")
    return Acknowledge(reference=reference)


def _update(rest: str) -> Wish:
    reference, text = INCIDENTS.before_text(rest)
    return Update(reference=reference, text=spoken(text))


def _severity(rest: str) -> Wish:
    reference, typed = INCIDENTS.beside(rest, is_level)
    return SetSeverity(reference=reference, level=level(typed))


def _assign(rest: str) -> Wish:
    reference, who = about_somebody(rest)
    return Assign(reference=reference, who=who)


def _resolve(rest: str) -> Wish:
    reference, text = INCIDENTS.before_text(rest)
    return Resolve(reference=reference, text=spoken(text))


def _reopen(rest: str) -> Wish:
    reference, text = INCIDENTS.before_text(rest)
    return Reopen(reference=reference, text=spoken(text))


def _similar(rest: str) -> Wish:
    """A reference alone asks about that incident; anything else are words to look for."""
    reference, other = INCIDENTS.before_text(rest)
    if reference and not other:
        return Similar(reference=reference)
    return Similar(text=spoken(rest))


def _alerts(rest: str) -> Wish:
    reference, other = INCIDENTS.taken(rest, bare=True)
    found = _PAGE.fullmatch(other.strip())
    if found is None:
        raise UsageError(
            say(
                "Type “/incident alerts INC-7” for the alerts of an incident, or "
                "“/incident alerts INC-7 firing” for those that fire."
            )
        )
    firing, after = found.groups()
    return Alerts(reference=reference, firing=bool(firing), after=after or "")


def _help(rest: str) -> Wish:
    word = rest.lower().strip("`/? ").removeprefix("incident ").partition(" ")[0]
    return Help(topic=VOCABULARY.verb(word) if word else "")


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
    **TOGETHER,
}

_ABOUT_ONE = about_one(VERBS, ALIASES, but={"declare", "help", "list", "settings"})

VOCABULARY = Vocabulary(
    command="/incident",
    verbs=VERBS,
    aliases=ALIASES,
    meaning=MEANING,
    otherwise=lambda: say(
        "To declare an incident, type “/incident declare” and what is wrong; "
        "“/incident help” lists everything."
    ),
)


def split_severity(text: str) -> tuple[str, str]:
    """Title and severity. `sev2` at either end is taken out. A plain word counts too: a last one
    is taken out, a first one stays part of the title ("High CPU on db1"), and one that belongs
    to the sentence ("latency is high") is left alone. A lone one is a severity without a title."""
    words = text.split()
    for end in (-1, 0):
        if words and _LEVEL.fullmatch(words[end].strip(",:;-()[]")):
            typed = words.pop(end).strip(",:;-()[]")
            return " ".join(words), level(typed)
    if len(words) < 2:
        word = text.strip(" ,:;-()[]").lower()
        return ("", word) if word in WORDS else (text, "")
    last, first = words[-1].lower(), words[0].lower().rstrip(":")
    if last in WORDS and words[-2].lower() not in _LINKING:
        return " ".join(words[:-1]).rstrip(" ,;:-"), last
    return text, first if first in WORDS else ""
