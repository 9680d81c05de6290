"""What `/incident help` says."""

from collections.abc import Mapping

from bot.slack import blocks as b
from bot.slack.views.manual import Manual

TOPICS: Mapping[str, tuple[str, str]] = {
    "declare": (
        "/incident declare TEXT",
        "Opens an incident at once. A severity may stand first or last: "
        "`/incident declare sev2 Checkout is down`. Without one it is medium. "
        "Just `/incident` opens a form.",
    ),
    "list": ("/incident list [mine|all]", "What is going on; your own; past ones too."),
    "show": ("/incident show [INC-n]", "How one incident stands."),
    "ack": ("/incident ack [INC-n]", "Says that you have seen it and look after it."),
    "update": (
        "/incident update [INC-n] [TEXT]",
        "Tells everybody the news; without text it opens a form, where the phase can change too.",
    ),
    "severity": (
        "/incident severity [INC-n] LEVEL",
        "critical, high, medium or low; sev1 to sev4 mean the same.",
    ),
    "assign": (
        "/incident assign [INC-n] me|@somebody",
        "Who works on it. Everybody may take an incident; giving it to others is for managers.",
    ),
    "resolve": (
        "/incident resolve [INC-n] [TEXT]",
        "Says that it is over and what fixed it; without text it opens a form.",
    ),
    "reopen": ("/incident reopen [INC-n] [TEXT]", "It was not over after all."),
    "similar": (
        "/incident similar [INC-n|TEXT]",
        "What looks like this incident, or has to do with your words: past incidents with what "
        "fixed them, procedures and articles. A pasted log or stack trace will do as well.",
    ),
    "alerts": (
        "/incident alerts [INC-n] [firing]",
        "The alerts of an incident, newest first, or only those that fire. The menu beside each "
        "says that it is no incident, silences its like for an hour, or gives it an incident of "
        "its own.",
    ),
    "help": ("/incident help [COMMAND]", "This list, or more about one command."),
}

IMPLIED = "In an incident's channel that incident is meant; elsewhere name it, like INC-7."


MANUAL = Manual(command="/incident", topics=TOPICS, note=IMPLIED)


def not_yet(word: str) -> b.Message:
    usual = ", ".join(verb for verb in TOPICS if verb != "help")
    return b.notice(
        f"“/incident {word}” is not available yet; it comes in a later version of Tocsin. "
        f"What works today: {usual}."
    )
