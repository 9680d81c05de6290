"""A form that stayed open while others worked: what each of them changed, put together."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from bot.slack.maintenance.times import when
from bot.slack.naming import name_in
from bot.slack.views import maintenance_filled as form
from bot.slack.views.maintenance_filled import Filled
from bot.slack.views.maintenance_repeats import OWN
from core.domain.narration import spoken
from core.domain.recurrence import spoken as spoken_rule
from core.domain.wording import joined
from core.errors import InvalidInput
from core.flaws import Flaws
from core.language import known, say, to_say
from core.views import MaintenanceCard

LONGEST = 200

_PLACES: Mapping[str, tuple[str, str]] = {
    "title": (form.TITLE, to_say("the title")),
    "description": (form.DESCRIPTION, to_say("the description")),
    "service_ids": (form.SERVICES, to_say("the services")),
    "start": (form.START, to_say("the start")),
    "end": (form.END, to_say("the end")),
    "timezone": (form.ZONE, to_say("the time zone")),
    "channels": (form.CHANNELS, to_say("the channels")),
    "people": (form.PEOPLE, to_say("the people")),
    "owner": (form.OWNER, to_say("the owner")),
    "runbook_url": (form.RUNBOOK, to_say("the runbook")),
    "reminders": (form.REMINDERS, to_say("the reminders")),
    "repeats": (form.REPEATS, to_say("the repetition")),
    "rule": (form.RULE, to_say("the rule")),
    "matchers": (form.MATCHERS, to_say("the alert matchers")),
    "customer_visible": (form.SWITCHES, to_say("the switch “Customers may see it”")),
    "auto_start": (form.SWITCHES, to_say("the switch “Starts by itself”")),
    "auto_complete": (form.SWITCHES, to_say("the switch “Completes by itself”")),
}
"""Where each field stands in the form, and what people call it."""

_NAMED = "named"
"""Channels given by name: the form cannot show them as chosen, and a choice puts them out."""


def seals_of(filled: Filled) -> dict[str, str]:
    """What a form remembers of each field that it shows: enough to see that it is another now."""
    shown = filled if filled.repeats == OWN else replace(filled, rule="")
    seals = {name: seal(getattr(shown, name)) for name in _PLACES}
    return {**seals, _NAMED: seal(shown.named_channels)}


def put_together(
    filled: Filled, now: Filled, shown: Mapping[str, str], card: MaintenanceCard, zone: str
) -> Filled:
    """What stands in the window `now`, with what was changed in the form since it was `shown`;
    `InvalidInput` at the fields that somebody else changed as well, otherwise."""
    wanted, present, flaws = seals_of(filled), seals_of(now), Flaws()
    changed = [name for name in _PLACES if wanted[name] != shown.get(name)]
    for name in changed:
        others = present[name] not in (shown.get(name), wanted[name])
        if others or (name == "channels" and present[_NAMED] != shown.get(_NAMED)):
            flaws.note(_refusal(name, card, zone))
    flaws.refuse()
    mine = {name: getattr(filled, name) for name in changed}
    return replace(now, **mine, all_following=filled.all_following)


def _refusal(name: str, card: MaintenanceCard, zone: str) -> InvalidInput:
    place, label = _PLACES[name]
    present = _present(name, card, zone)
    shortened = present if len(present) <= LONGEST else f"{present[: LONGEST - 1]}…"
    return InvalidInput(
        say(
            "Somebody else changed {field} while this form was open, to {present}. Put the same "
            "here to save the rest; to change it after all, open the form again then.",
            field=known(label),
            present=shortened or say("nothing"),
        ),
        field=place,
    )


def _present(name: str, card: MaintenanceCard, zone: str) -> str:
    """The field as it is now, in plain words; nothing where it is empty."""
    spoken_here = _SPOKEN.get(name)
    if spoken_here:
        return spoken_here(card, zone)
    match getattr(card.maintenance, name):
        case bool(on):
            return say("on") if on else say("off")
        case tuple(words):
            return ", ".join(words)
        case text:
            return f"“{text}”" if text else ""


def _channels(card: MaintenanceCard, zone: str) -> str:
    named = {one: name_in(one) for one in card.maintenance.notify_channels}
    return ", ".join(f"#{name}" if name else id for id, name in named.items())


def _reminders(card: MaintenanceCard, zone: str) -> str:
    spans = (timedelta(minutes=minutes) for minutes in sorted(card.maintenance.reminders))
    told = tuple(say("{span} before", span=spoken(span)) for span in spans)
    return joined(told) if told else ""


def _repetition(card: MaintenanceCard, zone: str) -> str:
    rule = card.maintenance.recurrence
    return spoken_rule(rule, card.maintenance.timezone) if rule else say("never")


_SPOKEN: Mapping[str, Callable[[MaintenanceCard, str], str]] = {
    "start": lambda card, zone: when(card.maintenance.scheduled_start_at, zone),
    "end": lambda card, zone: when(card.maintenance.scheduled_end_at, zone),
    "service_ids": lambda card, zone: ", ".join(card.services.values()),
    "channels": _channels,
    "people": lambda card, zone: ", ".join(one.name for one in card.people),
    "owner": lambda card, zone: card.owner.name if card.owner else "",
    "reminders": _reminders,
    "repeats": _repetition,
    "rule": _repetition,
}
"""Those that are not simply a text or a switch."""


def seal(value: Any) -> str:
    """Short, the same in whatever order, and for a time in whatever zone."""
    match value:
        case datetime():
            text = value.astimezone(UTC).isoformat()
        case tuple():
            text = repr(sorted(map(str, value)))
        case _:
            text = repr(value)
    return sha256(text.encode()).hexdigest()[:12]
