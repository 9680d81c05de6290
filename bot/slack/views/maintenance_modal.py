"""The form that schedules a window, or changes one that has not started."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.slack import blocks as b
from bot.slack.views.declare_modal import service_choices
from bot.slack.views.maintenance_filled import (
    ALL,
    AUTO_COMPLETE,
    AUTO_START,
    CHANNELS,
    DESCRIPTION,
    EDIT,
    END,
    MATCHERS,
    ONE,
    OWNER,
    PEOPLE,
    REMINDERS,
    REPEATS,
    RULE,
    RUNBOOK,
    SCHEDULE,
    SCOPE,
    SERVICES,
    START,
    START_NOW,
    SWITCHES,
    TITLE,
    VISIBLE,
    ZONE,
    Filled,
)
from bot.slack.views.maintenance_parts import listed
from bot.slack.views.maintenance_repeats import NEVER, OWN, repeat_choices
from bot.slack.views.waiting import EDIT_TITLE, SCHEDULE_TITLE
from core.domain.maintenance import MAX_TITLE
from core.domain.narration import spoken
from core.domain.service import Service
from core.language import known, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What the form is shown with: the services there are, the reader's own zone, the minutes
    of reminders that are offered in any case, and the channel for everything without one."""

    services: Sequence[Service]
    zone: str
    reminders: tuple[int, ...] = (60,)
    announcement: str = "#incidents"


def schedule_modal(filled: Filled, around: Around, memory: str) -> b.View:
    fields = [
        _title(filled), *_services(filled, around), _start(filled), _start_now(), _end(filled),
        *_particulars(filled, around), *_repeating(filled),
    ]  # fmt: skip
    return b.form(
        SCHEDULE_TITLE,
        [_clock(around), *(field.block() for field in fields)],
        callback=SCHEDULE,
        submit=say("Schedule"),
        memory=memory,
    )


def edit_modal(filled: Filled, around: Around, memory: str, heading: str) -> b.View:
    """`heading` says which one it is."""
    fields = [
        _title(filled), *_services(filled, around), _start(filled), _end(filled),
        *_particulars(filled, around), *_repeating(filled), *_scope(filled),
    ]  # fmt: skip
    return b.form(
        EDIT_TITLE,
        [b.context(b.plain(heading, 600)), _clock(around), *(field.block() for field in fields)],
        callback=EDIT,
        submit=say("Save"),
        memory=memory,
    )


def _clock(around: Around) -> b.Block:
    return b.context(
        b.plain(say("Start and end are in your own time zone, {zone}.", zone=around.zone))
    )


def _title(filled: Filled) -> b.Input:
    hint = say("Such as: the database of checkout gets a new version")
    element = b.text_input(longest=MAX_TITLE, hint=hint)
    title = b.Input(id=TITLE, label=say("What is done?"), element=element)
    return title.starting_with(initial_value=filled.title)


def _services(filled: Filled, around: Around) -> list[b.Input]:
    """Left out where there are none: a select must offer something."""
    if not around.services:
        return []
    few = len(around.services) <= b.MAX_OPTIONS
    choices = service_choices(around.services)
    element = b.multi_select(choices) if few else b.searching_multi_select()
    chosen = [b.option(choice) for choice in choices if choice.value in filled.service_ids]
    hint = say("Their alerts call nobody during the maintenance.")
    services = b.Input(
        id=SERVICES, label=say("Services"), element=element, hint=hint, optional=True
    )
    return [services.starting_with(initial_options=chosen)]


def _start(filled: Filled) -> b.Input:
    start = b.Input(id=START, label=say("Start"), element=b.moment_picker(), optional=True)
    return start.starting_with(initial_date_time=_seconds(filled.start))


def _start_now() -> b.Input:
    now = b.Choice(
        label=say("Start now"), value="yes", description=say("Whatever the start above says")
    )
    element = b.checkboxes([now])
    return b.Input(id=START_NOW, label=say("Or at once"), element=element, optional=True)


def _end(filled: Filled) -> b.Input:
    end = b.Input(id=END, label=say("End"), element=b.moment_picker())
    return end.starting_with(initial_date_time=_seconds(filled.end))


def _particulars(filled: Filled, around: Around) -> list[b.Input]:
    text = b.text_input(multiline=True, hint=say("What people notice, and what they should do"))
    return [
        b.Input(
            id=DESCRIPTION, label=say("Description"), element=text, optional=True
        ).starting_with(initial_value=filled.description),
        b.Input(
            id=CHANNELS, label=say("Tell channels"), element=b.channels_select(),
            hint=_where(filled, around), optional=True,
        ).starting_with(initial_conversations=[*filled.channels]),
        b.Input(
            id=PEOPLE, label=say("Tell people"), element=b.people_select(), optional=True,
            hint=say("They read it in person."),
        ).starting_with(initial_users=[*filled.people]),
        b.Input(
            id=OWNER, label=say("Owner"), element=b.person_select(), optional=True,
            hint=say("Is asked when somebody has to act."),
        ).starting_with(initial_user=filled.owner),
        _reminders(filled, around),
        _switches(filled),
        b.Input(
            id=RUNBOOK, label=say("Runbook"), element=b.url_input("https://…"), optional=True
        ).starting_with(initial_value=filled.runbook_url),
        b.Input(
            id=MATCHERS, label=say("Also alerts with these labels"), optional=True,
            element=b.text_input(multiline=True, hint='env="staging"'),
            hint=say("One matcher a line, as in Alertmanager; an alert has to match all of them."),
        ).starting_with(initial_value="\n".join(filled.matchers)),
    ]  # fmt: skip


def _where(filled: Filled, around: Around) -> str:
    """What is told without being chosen, and how that ends."""
    if not filled.named_channels:
        return say("Empty means {channel}.", channel=known(around.announcement))
    names = listed([f"#{one}" for one in filled.named_channels])
    return say("Told by name: {names}, until the channels here are changed.", names=names)


def _reminders(filled: Filled, around: Around) -> b.Input:
    usual = {15, 30, 60, 120, 240, 1_440, 2_880, 10_080}
    choices = {
        minutes: b.option(b.Choice(label=_before(minutes), value=str(minutes)))
        for minutes in sorted(usual | {*filled.reminders, *around.reminders})
    }
    element = {"type": "multi_static_select", "options": [*choices.values()]}
    reminders = b.Input(
        id=REMINDERS, label=say("Announce it before"), element=element, optional=True
    )
    return reminders.starting_with(initial_options=[choices[one] for one in filled.reminders])


def _switches(filled: Filled) -> b.Input:
    choices = {
        AUTO_START: b.Choice(label=say("Starts by itself"), value=AUTO_START),
        AUTO_COMPLETE: b.Choice(label=say("Completes by itself"), value=AUTO_COMPLETE),
        VISIBLE: b.Choice(label=say("Customers may see it"), value=VISIBLE),
    }
    on = [b.option(choice) for name, choice in choices.items() if getattr(filled, name)]
    element = b.checkboxes([*choices.values()])
    switches = b.Input(id=SWITCHES, label=say("How it runs"), element=element, optional=True)
    return switches.starting_with(initial_options=on)


def _repeating(filled: Filled) -> list[b.Input]:
    choices = repeat_choices()
    repeats = b.Input(id=REPEATS, label=say("Repeats"), element=b.select([*choices.values()]))
    hint = say("A rule of RFC 5545.")
    own = b.text_input(longest=500, hint="FREQ=WEEKLY;BYDAY=TU,TH;COUNT=10")
    zone = b.option(b.Choice(label=filled.timezone, value=filled.timezone))
    return [
        repeats.starting_with(initial_option=b.option(choices[filled.repeats])),
        b.Input(
            id=RULE, label=say("Own rule"), element=own, hint=hint, optional=True
        ).starting_with(initial_value=filled.rule if filled.repeats == OWN else ""),
        b.Input(
            id=ZONE, label=say("Time zone of the maintenance"), element=b.searching_select(),
            hint=say("Its clocks decide when it repeats, summer time included."),
        ).starting_with(initial_option=zone),
    ]  # fmt: skip


def _scope(filled: Filled) -> list[b.Input]:
    """Only where there is something that follows."""
    if filled.repeats == NEVER:
        return []
    one = b.Choice(label=say("Only this occurrence"), value=ONE)
    element = b.radio_buttons([one, b.Choice(label=say("This one and all that follow"), value=ALL)])
    scope = b.Input(id=SCOPE, label=say("Other times are meant for"), element=element)
    return [scope.starting_with(initial_option=b.option(one))]


def _before(minutes: int) -> str:
    return say("{span} before", span=spoken(timedelta(minutes=minutes)))


def _seconds(at: datetime | None) -> int:
    return int(at.timestamp()) if at else 0
