"""The form that declares an incident."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.slack import blocks as b
from bot.slack.views.likenesses import going_on
from bot.slack.views.submission import chosen, chosen_many, person, written
from bot.slack.views.waiting import DECLARE_TITLE
from bot.slack.views.words import SEVERITY_MEANINGS
from core.domain.service import Service
from core.domain.severity import Severity
from core.views import LikenessRow

CALLBACK, ANYWAY = "declare", "declare.anyway"
TITLE, SEVERITY, SERVICES, DESCRIPTION, ASSIGNEE = (
    "title",
    "severity",
    "service_ids",
    "description",
    "assignee_id",
)
"""Named like the fields of the command, so that a refusal finds its place."""

LONGEST_TITLE = 150


def declare_modal(services: Sequence[Service], memory: str) -> b.View:
    asked = [_title(), _severity(), *_services(services), _description(), _assignee()]
    return b.form(
        DECLARE_TITLE,
        [field.block() for field in asked],
        callback=CALLBACK,
        submit="Declare",
        memory=memory,
    )


def duplicates_modal(
    services: Sequence[Service],
    memory: str,
    values: Mapping[str, Any],
    rows: Sequence[LikenessRow],
) -> b.View:
    """The same form with what was filled in, below what goes on already."""
    given = declared(values)
    chosen_services = [service for service in services if service.id in given["service_ids"]]
    options = [b.option(choice) for choice in service_choices(chosen_services)]
    severity = next((one for one in _severities() if one.value == given["severity"]), None)
    asked = [
        _title().starting_with(initial_value=given["title"]),
        _severity().starting_with(initial_option=b.option(severity) if severity else None),
        *(field.starting_with(initial_options=options) for field in _services(services)),
        _description().starting_with(initial_value=given["description"]),
        _assignee().starting_with(initial_user=given["assignee"]),
    ]
    return b.form(
        DECLARE_TITLE,
        [*going_on(rows), *(field.block() for field in asked)],
        callback=ANYWAY,
        submit="Declare anyway",
        memory=memory,
    )


def service_choices(services: Sequence[Service]) -> list[b.Choice]:
    return [b.Choice(label=service.name, value=service.id) for service in services]


def declared(values: Mapping[str, Any]) -> dict[str, Any]:
    """What was filled in, by the names of the command; the assignee is a Slack member."""
    return {
        "title": written(values, TITLE),
        "severity": chosen(values, SEVERITY),
        "service_ids": chosen_many(values, SERVICES),
        "description": written(values, DESCRIPTION),
        "assignee": person(values, ASSIGNEE),
    }


def _title() -> b.Input:
    hint = "What is wrong, as a customer would say it"
    element = b.text_input(longest=LONGEST_TITLE, hint=hint)
    return b.Input(id=TITLE, label="What is wrong?", element=element)


def _severities() -> list[b.Choice]:
    return [
        b.Choice(label=severity.label, value=severity.value, description=meaning)
        for severity, meaning in SEVERITY_MEANINGS.items()
    ]


def _severity() -> b.Input:
    choices = _severities()
    usual = next(choice for choice in choices if choice.value == Severity.MEDIUM)
    severity = b.Input(id=SEVERITY, label="How bad is it?", element=b.select(choices))
    return severity.starting_with(initial_option=b.option(usual))


def _services(services: Sequence[Service]) -> list[b.Input]:
    """Left out where there are none: a select must offer something."""
    if not services:
        return []
    few = len(services) <= b.MAX_OPTIONS
    element = b.multi_select(service_choices(services)) if few else b.searching_multi_select()
    return [b.Input(id=SERVICES, label="Affected services", element=element, optional=True)]


def _description() -> b.Input:
    element = b.text_input(multiline=True, hint="What is known so far")
    return b.Input(id=DESCRIPTION, label="Summary", element=element, optional=True)


def _assignee() -> b.Input:
    return b.Input(
        id=ASSIGNEE,
        label="Assignee",
        element=b.person_select(),
        hint="Who works on it; it can be anybody's later.",
        optional=True,
    )
