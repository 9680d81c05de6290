"""What `/incident help` says, by what one wants to do."""

from collections.abc import Sequence
from dataclasses import replace

from bot.slack.views import help_working
from bot.slack.views.manual import Group, Manual, Topic
from core.language import say

DAILY = ("declare", "ack", "update", "resolve", "show")
"""On a phone the whole list is several screens, and these are on the first one."""


def groups() -> Sequence[Group]:
    every = _by_purpose()
    topics = {verb: topic for group in every for verb, topic in group.topics.items()}
    daily = Group(heading=say("Most often"), topics={verb: topics[verb] for verb in DAILY})
    return [daily, *map(_without_daily, every)]


def _without_daily(group: Group) -> Group:
    rest = {verb: topic for verb, topic in group.topics.items() if verb not in DAILY}
    return replace(group, topics=rest)


def _by_purpose() -> Sequence[Group]:
    return [
        Group(heading=say("Start, and look"), topics={**_looking(), **_finding()}),
        Group(heading=say("Work on an incident"), topics=help_working.working()),
        Group(heading=say("Write down what happens"), topics=help_working.notes()),
        Group(heading=say("Work together"), topics=help_working.together()),
        Group(heading=say("End it, and learn from it"), topics=_ending()),
        Group(heading=say("Everything else"), topics=_else()),
    ]


def implied() -> str:
    return say(
        "In an incident's channel that incident is meant; elsewhere name it, like INC-7 or just 7. "
        "The first letters of a command will do, and “/incident help resolve” says more about one."
    )


def _looking() -> dict[str, Topic]:
    return {
        "declare": Topic(
            usage="/incident declare TEXT",
            short=say("Opens an incident at once."),
            more=say(
                "A severity may stand first or last; without one it is medium. Just `/incident` "
                "opens a form; so does a field that your organisation requires."
            ),
            examples=["/incident declare sev2 Checkout is down", "/incident"],
        ),
        "list": Topic(
            usage="/incident list [mine] [all] [service NAME]",
            short=say("What is going on; your own; past ones too; those of a service."),
            examples=["/incident list mine", "/incident list all service Payments API"],
        ),
        "show": Topic(
            usage="/incident show [INC-n]",
            short=say("How one incident stands."),
            examples=["/incident show INC-7", "/incident INC-7"],
        ),
    }


def _finding() -> dict[str, Topic]:
    return {
        "similar": Topic(
            usage="/incident similar [INC-n|TEXT]",
            short=say("What looks like this incident, or has to do with your words."),
            more=say(
                "You get past incidents with what fixed them, procedures and articles. A pasted "
                "log or stack trace will do as well."
            ),
            examples=["/incident similar", "/incident similar connection pool timeout"],
        ),
        "alerts": Topic(
            usage="/incident alerts [INC-n] [firing]",
            short=say("The alerts of an incident, newest first, or only those that fire."),
            more=say(
                "The menu beside each says that it is no incident, silences its like for an hour, "
                "or gives it an incident of its own."
            ),
            examples=["/incident alerts firing"],
        ),
    }


def _ending() -> dict[str, Topic]:
    return {
        "resolve": Topic(
            usage="/incident resolve [INC-n] [TEXT]",
            short=say("Says that it is over and what fixed it; without text it opens a form."),
            examples=["/incident resolve Rolled back the release."],
        ),
        "reopen": Topic(
            usage="/incident reopen [INC-n] [TEXT]",
            short=say("It was not over after all."),
            examples=["/incident reopen INC-7 The errors are back."],
        ),
        "cancel": Topic(
            usage="/incident cancel [INC-n] [TEXT]",
            short=say("It was no incident; without text it asks why."),
            examples=["/incident cancel It was a false alarm."],
        ),
        "postmortem": Topic(
            usage="/incident postmortem [INC-n]",
            short=say("Drafts what is to be learned from it, out of its history."),
            more=say("Whoever took part can be asked; the draft can be edited and published."),
            examples=["/incident postmortem INC-7"],
        ),
        "export": Topic(
            usage="/incident export [INC-n] [json|markdown]",
            short=say("Everything about an incident as a file, for you alone."),
            examples=["/incident export markdown", "/incident export INC-7 json"],
        ),
    }


def _else() -> dict[str, Topic]:
    return {
        "settings": Topic(
            usage="/incident settings",
            short=say("What your organisation decides: severities, channels, reminders, language."),
        ),
        "help": Topic(
            usage="/incident help [COMMAND]",
            short=say("This list, or more about one command."),
            examples=["/incident help task", "/incident task help"],
        ),
    }


MANUAL = Manual(command="/incident", groups=groups, note=implied)
