"""What is typed after “/incident” to work on one together; pure."""

import re
from collections.abc import Callable, Mapping

from bot.slack.grammar import UsageError, spoken
from bot.slack.slash_following import following
from bot.slack.slash_parts import INCIDENTS, about_somebody, people, role_and_person
from bot.slack.slash_tasks import task_parts
from bot.slack.wishes import (
    AddNote,
    AddTask,
    Cancel,
    ChangeServices,
    Edit,
    Export,
    Link,
    Merge,
    OpenSettings,
    Postmortem,
    Private,
    Role,
    Snooze,
    Tasks,
    Timeline,
    Wish,
)
from core.language import say

_BETWEEN = frozenset({"into", "with", "to", "and", "from", "of", "&amp;"})
"""Words between two incidents that say nothing more."""

_TIME = re.compile(r"\d|(?:for|until|till|to|in|by)\s", re.IGNORECASE | re.ASCII)
"""How a time to wait begins."""


def _lead(rest: str) -> Wish:
    reference, who = about_somebody(rest)
    return Role(reference=reference, role="lead", who=who)


def _role(rest: str) -> Wish:
    reference, other = INCIDENTS.taken(rest, bare=True)
    role, who = role_and_person(other)
    return Role(reference=reference, role=spoken(role), who=who)


def _edit(rest: str) -> Wish:
    reference, other = INCIDENTS.taken(rest, bare=True)
    INCIDENTS.nothing_more(other, "edit INC-7")
    return Edit(reference=reference)


def _snooze(rest: str) -> Wish:
    """A number alone may be a time, and is refused as one."""
    reference, span = INCIDENTS.taken(rest, anywhere=True)
    number, behind = INCIDENTS.taken(span, bare=True)
    if not reference and _TIME.match(behind):
        reference, span = number, behind
    return Snooze(reference=reference, span=spoken(span))


def _cancel(rest: str) -> Wish:
    reference, text = INCIDENTS.before_text(rest)
    return Cancel(reference=reference, text=spoken(text))


def _two(rest: str, example: str) -> tuple[str, str]:
    """Of two references the first is the incident, of one it is the other one."""
    first, left = INCIDENTS.taken(rest, anywhere=True, bare=True)
    second, left = INCIDENTS.taken(left, anywhere=True, bare=True)
    words = [word for word in left.split() if word.lower().strip(",:") not in _BETWEEN]
    INCIDENTS.nothing_more(" ".join(words), example)
    return (first, second) if second else ("", first)


def _merge(rest: str) -> Wish:
    reference, other = _two(rest, "merge INC-7")
    return Merge(reference=reference, other=other)


def _link(rest: str) -> Wish:
    reference, other = _two(rest, "link INC-7")
    return Link(reference=reference, other=other)


def _unlink(rest: str) -> Wish:
    reference, other = _two(rest, "unlink INC-7")
    return Link(reference=reference, other=other, apart=True)


def _private(rest: str) -> Wish:
    reference, other = INCIDENTS.taken(rest, bare=True)
    first, _, left = other.partition(" ")
    word = first.lower()
    if word in ("off", "no", "public") and not left.strip():
        return Private(reference=reference, public=True)
    if word in ("add", "with", "remove", "without"):
        out = word in ("remove", "without")
        return Private(reference=reference, people=people(left), out=out)
    return Private(reference=reference, people=people(other))


def _service(rest: str) -> Wish:
    reference, other = INCIDENTS.taken(rest, bare=True)
    word, _, name = other.strip().partition(" ")
    if word.lower() not in ("", "add", "remove"):
        raise UsageError(
            say(
                "Type “/incident service add” or “/incident service remove” and the service's name."
            )
        )
    return ChangeServices(
        reference=reference, service=spoken(name), remove=word.lower() == "remove"
    )


def _task(rest: str) -> Wish:
    reference, other = INCIDENTS.before_text(rest)
    title, who, due = task_parts(other)
    return AddTask(reference=reference, title=spoken(title), who=who, due=due)


def _tasks(rest: str) -> Wish:
    reference, other = INCIDENTS.taken(rest, bare=True)
    pattern = r"(?:done\s+#?(\d{1,4})|after ((?:done\.)?\d{1,6}))?"
    found = re.fullmatch(pattern, other.strip(), re.IGNORECASE | re.ASCII)
    if found is None:
        raise UsageError(
            say(
                "Type “/incident tasks” for the list, or “/incident tasks done 2” when the "
                "second is done."
            )
        )
    done, after = found.groups()
    return Tasks(reference=reference, done=int(done or 0), after=(after or "").lower())


def _note(rest: str) -> Wish:
    reference, text = INCIDENTS.before_text(rest)
    return AddNote(reference=reference, text=spoken(text))


def _timeline(rest: str) -> Wish:
    reference, other = INCIDENTS.taken(rest, bare=True)
    found = re.fullmatch(r"after ([\w:.-]{1,80})", other.strip(), re.ASCII)
    if found is None:
        INCIDENTS.nothing_more(other, "timeline INC-7")
    return Timeline(reference=reference, after=found.group(1) if found else "")


def _postmortem(rest: str) -> Wish:
    reference, other = INCIDENTS.taken(rest, bare=True)
    INCIDENTS.nothing_more(other, "postmortem INC-7")
    return Postmortem(reference=reference)


def _export(rest: str) -> Wish:
    reference, other = INCIDENTS.taken(rest, anywhere=True, bare=True)
    word = other.strip().lower()
    if word not in ("", "json", "markdown", "md"):
        raise UsageError(say("Type “/incident export json” or “/incident export markdown”."))
    return Export(reference=reference, format="markdown" if word == "md" else word)


def _settings(rest: str) -> Wish:
    INCIDENTS.nothing_more(rest, "settings")
    return OpenSettings()


TOGETHER: Mapping[str, Callable[[str], Wish]] = {
    "lead": _lead,
    "role": _role,
    "edit": _edit,
    "snooze": _snooze,
    "cancel": _cancel,
    "merge": _merge,
    "link": _link,
    "unlink": _unlink,
    "private": _private,
    "service": _service,
    "task": _task,
    "tasks": _tasks,
    "note": _note,
    "timeline": _timeline,
    "postmortem": _postmortem,
    "export": _export,
    "subscribe": lambda rest: following(rest, off=False),
    "unsubscribe": lambda rest: following(rest, off=True),
    "settings": _settings,
}
