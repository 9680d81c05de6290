"""The form that declares an incident."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.slack import blocks as b
from bot.slack.views import own_fields
from bot.slack.views.likenesses import going_on
from bot.slack.views.own_fields import Entries, OwnField
from bot.slack.views.severities import severity_choices
from bot.slack.views.submission import chosen, chosen_many, person, written
from bot.slack.views.waiting import DECLARE_TITLE
from core.domain.incident_settings import IncidentSettings
from core.domain.service import Service
from core.domain.severity import Severity
from core.language import known, say
from core.views import LikenessRow

CALLBACK, ANYWAY = "declare", "declare.anyway"
TITLE, SEVERITY, SERVICES, DESCRIPTION, ASSIGNEE, KIND = (
    "title",
    "severity",
    "service_ids",
    "description",
    "assignee_id",
    "kind",
)
"""Named like the fields of the command, so that a refusal finds its place."""

PRIVATE, TEST = "private", "test"
LONGEST_TITLE = 150
LONGEST_TEXT = b.MAX_SECTION


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What stands in the form; the assignee is a Slack member."""

    title: str = ""
    severity: str = Severity.MEDIUM
    service_ids: tuple[str, ...] = ()
    description: str = ""
    assignee: str = ""
    kinds: tuple[str, ...] = ()
    entries: Entries = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What there is to choose from, and what the organisation asks for besides."""

    services: Sequence[Service]
    settings: IncidentSettings
    fields: Sequence[OwnField] = ()


NOTHING_YET = Declared()


def declare_modal(offered: Offered, memory: str, given: Declared = NOTHING_YET) -> b.View:
    return b.form(
        known(DECLARE_TITLE),
        [one.block() for one in _asked(offered, given)],
        callback=CALLBACK,
        submit=say("Declare"),
        memory=memory,
    )


def duplicates_modal(
    offered: Offered, memory: str, given: Declared, rows: Sequence[LikenessRow]
) -> b.View:
    """The same form with what was filled in, below what goes on already."""
    return b.form(
        known(DECLARE_TITLE),
        [*going_on(rows), *(one.block() for one in _asked(offered, given))],
        callback=ANYWAY,
        submit=say("Declare anyway"),
        memory=memory,
    )


def service_choices(services: Sequence[Service]) -> list[b.Choice]:
    return [b.Choice(label=service.name, value=service.id) for service in services]


def services_input(services: Sequence[Service], ids: Sequence[str]) -> list[b.Input]:
    """Left out where there are none: a select must offer something."""
    if not services:
        return []
    few = len(services) <= b.MAX_OPTIONS
    element = b.multi_select(service_choices(services)) if few else b.searching_multi_select()
    chosen_ones = [service for service in services if service.id in ids]
    options = [b.option(choice) for choice in service_choices(chosen_ones)]
    label = say("Affected services")
    asked = b.Input(id=SERVICES, label=label, element=element, optional=True)
    return [asked.starting_with(initial_options=options)]


def declared(values: Mapping[str, Any]) -> Declared:
    """What was filled in."""
    return Declared(
        title=written(values, TITLE),
        severity=chosen(values, SEVERITY),
        service_ids=chosen_many(values, SERVICES),
        description=written(values, DESCRIPTION),
        assignee=person(values, ASSIGNEE),
        kinds=chosen_many(values, KIND),
        entries=own_fields.entered(values),
    )


def _asked(offered: Offered, given: Declared) -> list[b.Input]:
    return [
        _title().starting_with(initial_value=given.title[:LONGEST_TITLE]),
        _severity(offered.settings, given.severity),
        *services_input(offered.services, given.service_ids),
        _description().starting_with(initial_value=given.description[:LONGEST_TEXT]),
        _assignee().starting_with(initial_user=given.assignee),
        _kind(given.kinds),
        *own_fields.asked(offered.fields, given.entries),
    ]


def _title() -> b.Input:
    hint = say("What is wrong, as a customer would say it")
    element = b.text_input(longest=LONGEST_TITLE, hint=hint)
    return b.Input(id=TITLE, label=say("What is wrong?"), element=element)


def _severity(settings: IncidentSettings, given: str) -> b.Input:
    choices = severity_choices(settings)
    begun = choices[Severity(given) if given in choices else Severity.MEDIUM]
    element = b.select([*choices.values()])
    severity = b.Input(id=SEVERITY, label=say("How bad is it?"), element=element)
    return severity.starting_with(initial_option=b.option(begun))


def _description() -> b.Input:
    element = b.text_input(multiline=True, hint=say("What is known so far"))
    return b.Input(id=DESCRIPTION, label=say("Summary"), element=element, optional=True)


def _assignee() -> b.Input:
    return b.Input(
        id=ASSIGNEE,
        label=say("Lead"),
        element=b.person_select(),
        hint=say("Who leads the work on it; somebody can take it later."),
        optional=True,
    )


def _kind(given: Sequence[str]) -> b.Input:
    choices = [
        b.Choice(
            label=say("Private"),
            value=PRIVATE,
            description=say("Only its members know of it, and it has a private channel"),
        ),
        b.Choice(
            label=say("Test or drill"),
            value=TEST,
            description=say("Marked as a test everywhere, and kept out of reports"),
        ),
    ]
    asked = b.Input(
        id=KIND, label=say("Kind of incident"), element=b.checkboxes(choices), optional=True
    )
    begun = [b.option(choice) for choice in choices if choice.value in given]
    return asked.starting_with(initial_options=begun)
