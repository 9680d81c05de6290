"""What `/maintenance help` says."""

from collections.abc import Mapping

from bot.slack.views.manual import Manual

TOPICS: Mapping[str, tuple[str, str]] = {
    "schedule": (
        "/maintenance [schedule TITLE]",
        "Opens the form that schedules one. It may start at once, or recur.",
    ),
    "list": ("/maintenance list [all]", "What runs and what is coming; past ones too."),
    "show": ("/maintenance show [MNT-n]", "How one of them stands."),
    "start": ("/maintenance start [MNT-n]", "Starts it now, before its time."),
    "extend": (
        "/maintenance extend [MNT-n] 30m|2h|until 05:00",
        "It ends later. A time of day is meant on your own clock; "
        "`until 2026-11-24 05:00` says the day too. Without a time it opens a form.",
    ),
    "complete": ("/maintenance complete [MNT-n]", "Says that it is done, before its end or after."),
    "cancel": (
        "/maintenance cancel [MNT-n] [REASON]",
        "It will not take place, or is broken off. Of a recurring one nothing follows either. "
        "Without a reason it opens a form.",
    ),
    "skip": (
        "/maintenance skip [MNT-n]",
        "This occurrence of a recurring one will not take place; the series goes on.",
    ),
    "edit": ("/maintenance edit [MNT-n]", "Opens the form again, until it has started."),
    "update": (
        "/maintenance update [MNT-n] [TEXT]",
        "Tells everybody in its channels the news; without text it opens a form.",
    ),
    "help": ("/maintenance help [COMMAND]", "This list, or more about one command."),
}

IMPLIED = "Where only one maintenance can be meant, it is; otherwise name it, like MNT-7."
MANUAL = Manual(command="/maintenance", topics=TOPICS, note=IMPLIED)
