"""What `/incident help` says of working on an incident."""

from bot.slack.views.manual import Topic
from core.language import say


def working() -> dict[str, Topic]:
    return {**_in_charge(), **_going_on(), **_describing()}


def _in_charge() -> dict[str, Topic]:
    return {
        "ack": Topic(
            usage="/incident ack [INC-n]",
            short=say("Says that you have seen it and look after it."),
            examples=["/incident ack"],
        ),
        "assign": Topic(
            usage="/incident assign [INC-n] me|@somebody",
            short=say("Who works on it."),
            more=say(
                "Everybody may take an incident, and whoever has it may hand it over; giving away "
                "what is not yours takes a manager."
            ),
            examples=["/incident assign me", "/incident assign INC-7 @bob"],
        ),
        "lead": Topic(
            usage="/incident lead [INC-n] me|@somebody",
            short=say("Who leads it, and hears what that asks of them."),
            examples=["/incident lead me", "/incident lead @alice"],
        ),
        "role": Topic(
            usage="/incident role [INC-n] [ROLE] [me|@somebody]",
            short=say("Who plays which role; without a name it opens a form with all of them."),
            examples=["/incident role", "/incident role communications @bob"],
        ),
    }


def _going_on() -> dict[str, Topic]:
    return {
        "update": Topic(
            usage="/incident update [INC-n] [TEXT]",
            short=say("Tells everybody the news; without text it opens a form."),
            more=say("In the form the phase can change too, and when the next news is due."),
            examples=["/incident update We found the cause and roll back."],
        ),
        "snooze": Topic(
            usage="/incident snooze [INC-n] [30m|2h|until 09:00]",
            short=say("Puts it off until then; it opens again by itself."),
            examples=["/incident snooze 30m", "/incident snooze until 09:00"],
        ),
    }


def _describing() -> dict[str, Topic]:
    return {
        "severity": Topic(
            usage="/incident severity [INC-n] [LEVEL]",
            short=say("critical, high, medium or low; sev1 to sev4 mean the same."),
            examples=["/incident severity high", "/incident sev 1"],
        ),
        "service": Topic(
            usage="/incident service [INC-n] add|remove NAME",
            short=say("Which services are affected."),
            examples=["/incident service add Payments API"],
        ),
        "edit": Topic(
            usage="/incident edit [INC-n]",
            short=say("Opens its title, description, services and fields in a form."),
            examples=["/incident edit"],
        ),
    }


def notes() -> dict[str, Topic]:
    return {
        "note": Topic(
            usage="/incident note [INC-n] [TEXT]",
            short=say("Adds a note to the timeline; without text it opens a form."),
            examples=["/incident note The database was restarted at 03:12."],
        ),
        "timeline": Topic(
            usage="/incident timeline [INC-n]",
            short=say("What happened, in order; each line can be corrected."),
            more=say("Pin a message of the channel, and it is part of the timeline too."),
            examples=["/incident timeline"],
        ),
        "task": Topic(
            usage="/incident task [INC-n] [TEXT] [@somebody] [due WHEN]",
            short=say("Writes down what is to do; without text it opens a form."),
            examples=[
                "/incident task Raise the pool size @bob due tomorrow",
                "/incident task Call the provider by 14:30",
            ],
        ),
        "tasks": Topic(
            usage="/incident tasks [INC-n] [done NUMBER]",
            short=say("What is to do, and what is done."),
            examples=["/incident tasks", "/incident tasks done 2"],
        ),
    }


def together() -> dict[str, Topic]:
    return {**_incidents(), **_people()}


def _incidents() -> dict[str, Topic]:
    return {
        "merge": Topic(
            usage="/incident merge [INC-n] INC-m",
            short=say("It is the same as another incident, and goes on there."),
            examples=["/incident merge INC-7", "/incident merge INC-8 into INC-7"],
        ),
        "link": Topic(
            usage="/incident link [INC-n] INC-m",
            short=say("It has to do with another incident."),
            examples=["/incident link INC-7"],
        ),
        "unlink": Topic(
            usage="/incident unlink [INC-n] INC-m",
            short=say("Takes such a link away."),
            examples=["/incident unlink INC-7"],
        ),
    }


def _people() -> dict[str, Topic]:
    return {
        "private": Topic(
            usage="/incident private [INC-n] [add|remove @somebody|off]",
            short=say("Only its members know of it."),
            more=say("People are let in or shut out by name; `off` shows it to everybody again."),
            examples=["/incident private @bob @carol", "/incident private remove @bob"],
        ),
        "subscribe": Topic(
            usage="/incident subscribe [INC-n|service NAME|severity LEVEL|list] [here]",
            short=say("You hear of an incident, a service or a severity; `here` the channel does."),
            examples=["/incident subscribe", "/incident subscribe severity critical here"],
        ),
        "unsubscribe": Topic(
            usage="/incident unsubscribe [INC-n|service NAME|severity LEVEL] [here]",
            short=say("You hear of it no more."),
            examples=["/incident unsubscribe service Payments API"],
        ),
    }
