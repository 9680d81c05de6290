"""What somebody typed after “/maintenance”, understood or kindly refused; pure."""

import re
from collections.abc import Callable, Mapping

from bot.slack.grammar import (
    ASKING,
    References,
    UsageError,
    Vocabulary,
    about_one,
    first_word,
    spoken,
)
from bot.slack.maintenance.times import span, time_typed
from bot.slack.maintenance.wishes import (
    Cancel,
    Complete,
    Edit,
    Extend,
    Help,
    ListWindows,
    OpenForm,
    Progress,
    Show,
    Skip,
    Start,
    Wish,
)
from bot.slack.text import plain_from_slack
from core.language import say

COMMAND = "/maintenance"
ALIASES: Mapping[str, str] = {
    "new": "schedule",
    "plan": "schedule",
    "end": "complete",
    "finish": "complete",
    "move": "edit",
    "change": "edit",
    "note": "update",
    "progress": "update",
    "?": "help",
}


def _no_window(words: str, example: str) -> str:
    return say(
        "“{words}” is not a maintenance; type it like “{example}”.", words=words, example=example
    )


_WINDOWS = References(prefix="MNT", command=COMMAND, refusal=_no_window)
_UNTIL = re.compile(r"(?:until|till|to)\s+(.+)", re.IGNORECASE)
_TOLD = frozenset({"cancel", "update"})
"""People's own words follow them, which may begin with a number."""

_BY = re.compile(r"(?:by|for|another)\s+(.+)", re.IGNORECASE)


def parse(text: str) -> Wish:
    """What is wished; `UsageError` with a sentence when nothing sensible is."""
    if not text.strip():
        return OpenForm()
    first, rest = first_word(_WINDOWS.turned(text, _ABOUT_ONE))
    if not rest and (reference := _WINDOWS.of(first, bare=True)):
        return Show(reference=reference)
    verb = VOCABULARY.verb(first)
    if rest.lower() in ASKING:
        return Help(topic=verb)
    return (_WINDOWS.either(verb, rest) if verb in _TOLD else None) or VERBS[verb](rest)


def _schedule(rest: str) -> Wish:
    return OpenForm(title=spoken(rest))


def _list(rest: str) -> Wish:
    scope = rest.lower()
    if scope not in ("", "all", "coming", "active"):
        raise UsageError(
            say(
                "Type “{command} list” for what runs and what is coming, or “{command} list "
                "all” for past ones too.",
                command=COMMAND,
            )
        )
    return ListWindows(everything=scope == "all")


def _show(rest: str) -> Wish:
    return Show(reference=_alone(rest, "show"))


def _start(rest: str) -> Wish:
    return Start(reference=_alone(rest, "start"))


def _complete(rest: str) -> Wish:
    return Complete(reference=_alone(rest, "complete"))


def _skip(rest: str) -> Wish:
    return Skip(reference=_alone(rest, "skip"))


def _edit(rest: str) -> Wish:
    return Edit(reference=_alone(rest, "edit"))


def _extend(rest: str) -> Wish:
    """A number alone may be a time, and is refused as one."""
    reference, much = _WINDOWS.taken(rest, anywhere=True)
    if not much:
        return Extend(reference=reference)
    number, behind = _WINDOWS.taken(much, bare=True)
    if wish := _longer(reference, much):
        return wish
    if not reference and (wish := _longer(number, behind)):
        return wish
    plain = " ".join(plain_from_slack(much).split())
    raise UsageError(
        say(
            "“{plain}” is no time; type it like “{command} extend 30m”, “{command} "
            "extend 2h” or “{command} extend until 05:00”.",
            plain=plain[:40],
            command=COMMAND,
        )
    )


def _longer(reference: str, much: str) -> Extend | None:
    plain = " ".join(plain_from_slack(much).split())
    until, by = _UNTIL.fullmatch(plain), _BY.fullmatch(plain)
    if until:
        at = time_typed(until.group(1))
        return Extend(reference=reference, until=at) if at else None
    longer = span(by.group(1) if by else plain)
    return Extend(reference=reference, by=longer) if longer else None


def _cancel(rest: str) -> Wish:
    reference, reason = _WINDOWS.before_text(rest)
    return Cancel(reference=reference, reason=spoken(reason))


def _update(rest: str) -> Wish:
    reference, text = _WINDOWS.before_text(rest)
    return Progress(reference=reference, text=spoken(text))


def _help(rest: str) -> Wish:
    word = rest.lower().strip("`/ ")
    return Help(topic=ALIASES.get(word, word))


def _alone(rest: str, verb: str) -> str:
    """The reference, after which nothing else can follow."""
    reference, other = _WINDOWS.taken(rest, bare=True)
    _WINDOWS.nothing_more(other, f"{verb} MNT-7")
    return reference


def _otherwise() -> str:
    return say(
        "To schedule a maintenance, type “/maintenance”; “/maintenance help” lists everything."
    )


VERBS: Mapping[str, Callable[[str], Wish]] = {
    "schedule": _schedule,
    "list": _list,
    "show": _show,
    "start": _start,
    "extend": _extend,
    "complete": _complete,
    "cancel": _cancel,
    "skip": _skip,
    "edit": _edit,
    "update": _update,
    "help": _help,
}

_ABOUT_ONE = about_one(VERBS, ALIASES, but={"help", "list", "schedule"})

VOCABULARY = Vocabulary(
    command=COMMAND,
    verbs=VERBS,
    aliases=ALIASES,
    otherwise=_otherwise,
)
