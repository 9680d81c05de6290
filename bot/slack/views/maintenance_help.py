"""What `/maintenance help` says."""

from collections.abc import Sequence

from bot.slack.views.manual import Group, Manual, Topic
from core.language import say


def groups() -> Sequence[Group]:
    return [
        Group(heading=say("Plan, and look"), topics=_planning()),
        Group(heading=say("While it runs"), topics=_running()),
        Group(heading=say("Change what was planned"), topics=_changing()),
    ]


def implied() -> str:
    return say(
        "Name the maintenance, like MNT-7 or just 7. Without it, the only one that runs or begins "
        "within the hour is meant; otherwise you are asked."
    )


def _planning() -> dict[str, Topic]:
    return {
        "schedule": Topic(
            usage="/maintenance [schedule TITLE]",
            short=say("Opens the form that schedules one."),
            more=say("It may start at once, or recur."),
            examples=["/maintenance schedule Database upgrade"],
        ),
        "list": Topic(
            usage="/maintenance list [all]",
            short=say("What runs and what is coming; past ones too."),
            examples=["/maintenance list"],
        ),
        "show": Topic(
            usage="/maintenance show [MNT-n]",
            short=say("How one of them stands."),
            examples=["/maintenance show MNT-7", "/maintenance MNT-7"],
        ),
        "help": Topic(
            usage="/maintenance help [COMMAND]", short=say("This list, or more about one command.")
        ),
    }


def _running() -> dict[str, Topic]:
    return {
        "start": Topic(
            usage="/maintenance start [MNT-n]",
            short=say("Starts it now, before its time."),
        ),
        "update": Topic(
            usage="/maintenance update [MNT-n] [TEXT]",
            short=say("Tells everybody in its channels the news; without text it opens a form."),
            examples=["/maintenance update Half of the servers are done."],
        ),
        "extend": Topic(
            usage="/maintenance extend [MNT-n] 30m|2h|until 05:00",
            short=say("It ends later."),
            more=say(
                "A time of day is meant on your own clock; `until 2026-11-24 05:00` says the day "
                "too. Without a time it opens a form."
            ),
            examples=["/maintenance extend 30m", "/maintenance extend until 05:00"],
        ),
        "complete": Topic(
            usage="/maintenance complete [MNT-n]",
            short=say("Says that it is done, before its end or after."),
        ),
    }


def _changing() -> dict[str, Topic]:
    return {
        "edit": Topic(
            usage="/maintenance edit [MNT-n]",
            short=say("Opens the form again, until it has started."),
        ),
        "cancel": Topic(
            usage="/maintenance cancel [MNT-n] [REASON]",
            short=say("It will not take place, or is broken off."),
            more=say(
                "Of a recurring one nothing follows either. Without a reason it opens a form."
            ),
            examples=["/maintenance cancel MNT-7 The provider moved it."],
        ),
        "skip": Topic(
            usage="/maintenance skip [MNT-n]",
            short=say(
                "This occurrence of a recurring one will not take place; the series goes on."
            ),
        ),
    }


MANUAL = Manual(command="/maintenance", groups=groups, note=implied)
