"""The forms that change what is said of an incident: its details, or the services it affects."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.slack import blocks as b
from bot.slack.views import own_fields
from bot.slack.views.declare_modal import SERVICES, services_input
from bot.slack.views.own_fields import Entries, OwnField
from bot.slack.views.subject import Subject, subject_block
from bot.slack.views.submission import chosen_many, written
from core.domain.incident import MAX_TITLE, Incident
from core.domain.service import Service
from core.language import say, to_say

CALLBACK, SERVICES_CALLBACK = "edit", "services"
EDIT_TITLE = to_say("Edit the incident")
SERVICES_TITLE = to_say("Affected services")
TITLE, DESCRIPTION, LINKS, CALL = "title", "description", "links", "call_url"
"""Named like the fields of the command, so that a refusal finds its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What stands in the form, or in the incident. What the form does not show is None."""

    title: str = ""
    description: str | None = None
    service_ids: tuple[str, ...] | None = None
    links: tuple[str, ...] | None = None
    call_url: str | None = None
    entries: Entries = field(default_factory=dict)


def details_of(incident: Incident) -> Details:
    return Details(
        title=incident.title,
        description=incident.description,
        service_ids=tuple(incident.service_ids),
        links=incident.links,
        call_url=incident.call_url,
        entries={one.field_id: one.values for one in incident.fields},
    )


def edit_modal(
    incident: Incident, services: Sequence[Service], fields: Sequence[OwnField], memory: str
) -> b.View:
    """A text that is longer than a form can hold is not in it, and stays as it is."""
    now = details_of(incident)
    asked = [
        _title(now.title),
        *_text(DESCRIPTION, say("Summary"), now.description or ""),
        *services_input(services, now.service_ids or ()),
        *_text(LINKS, say("Links"), "\n".join(now.links or ()), say("One on each line")),
        _call(now.call_url or ""),
        *own_fields.asked(own_fields.fitting(fields, now.entries), now.entries),
    ]
    blocks = [subject_block(Subject(incident=incident)), *(one.block() for one in asked)]
    return b.form(say(EDIT_TITLE), blocks, callback=CALLBACK, submit=say("Save"), memory=memory)


def services_modal(incident: Incident, services: Sequence[Service], memory: str) -> b.View:
    asked = services_input(services, incident.service_ids)
    blocks = [subject_block(Subject(incident=incident)), *(one.block() for one in asked)]
    callback, submit = SERVICES_CALLBACK, say("Save")
    return b.form(say(SERVICES_TITLE), blocks, callback=callback, submit=submit, memory=memory)


def edited(values: Mapping[str, Any]) -> Details:
    """What was filled in."""
    lines = written(values, LINKS).splitlines()
    return Details(
        title=written(values, TITLE),
        description=written(values, DESCRIPTION) if DESCRIPTION in values else None,
        service_ids=chosen_services(values) if SERVICES in values else None,
        links=tuple(line.strip() for line in lines if line.strip()) if LINKS in values else None,
        call_url=written(values, CALL) if CALL in values else None,
        entries=own_fields.entered(values),
    )


def chosen_services(values: Mapping[str, Any]) -> tuple[str, ...]:
    return chosen_many(values, SERVICES)


def _title(now: str) -> b.Input:
    element = b.text_input(longest=MAX_TITLE)
    asked = b.Input(id=TITLE, label=say("What is wrong?"), element=element)
    return asked.starting_with(initial_value=now)


def _text(id: str, label: str, now: str, hint: str = "") -> list[b.Input]:
    if len(now) > b.MAX_SECTION:
        return []
    element = b.text_input(multiline=True, hint=hint)
    asked = b.Input(id=id, label=label, element=element, optional=True)
    return [asked.starting_with(initial_value=now)]


def _call(now: str) -> b.Input:
    asked = b.Input(
        id=CALL,
        label=say("Call"),
        element=b.url_input(),
        hint=say("Where people talk about it, if there is a call."),
        optional=True,
    )
    return asked.starting_with(initial_value=now)
