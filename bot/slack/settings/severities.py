"""What each severity means to the organisation, who comes, and how often news is expected."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from bot.slack import blocks as b
from bot.slack.settings import parts, summaries
from bot.slack.settings.meanwhile import Spoken, Values, seals_of
from bot.slack.settings.sight import Sight
from bot.slack.text import literal
from bot.slack.views.submission import chosen, people, written
from bot.slack.views.words import SEVERITY_MEANINGS
from core.domain.incident_settings import Broadcast, SeveritySettings
from core.domain.interval_words import every
from core.domain.settings_words import MAX_MEANING
from core.domain.severity import Severity
from core.language import known, say, to_say

MEANING, UPDATES, BROADCAST, INVITEES = (
    "settings.meaning",
    "settings.update_minutes",
    "settings.broadcast",
    "settings.invitees",
)
OFFERED = (0, 15, 30, 60, 120, 240, 480, 1_440)
"""Minutes between updates."""

CALLED: Mapping[Broadcast, str] = {
    Broadcast.NOBODY: to_say("Nobody"),
    Broadcast.HERE: to_say("Everybody in the channel who is active (@here)"),
    Broadcast.CHANNEL: to_say("Everybody in the channel (@channel)"),
}


def severities(sight: Sight, about: str = "") -> b.View:
    return parts.page(sight, parts.SEVERITIES, [_row(sight, one) for one in Severity])


def severity(sight: Sight, about: str) -> b.View:
    level = Severity(about)
    own = sight.settings.of(level)
    asked = [field.block() for field in _asked(sight, level, own)]
    blocks = [b.header(level.label), *asked, *parts.remark(summaries.unseen(sight, own.invitees))]
    return parts.form(sight, parts.SEVERITY, blocks, seals_of(kept(sight, own)), about)


def kept(sight: Sight, own: SeveritySettings) -> Values:
    """Of the people only those who can be shown in Slack."""
    return {
        "meaning": own.meaning,
        "update_minutes": own.update_minutes,
        "broadcast": own.broadcast,
        "invitees": sight.seen(own.invitees),
    }


def filled(values: Mapping[str, Any]) -> Values:
    """The people as members of Slack."""
    return {
        "meaning": written(values, MEANING),
        "update_minutes": int(chosen(values, UPDATES) or 0),
        "broadcast": Broadcast(chosen(values, BROADCAST) or Broadcast.NOBODY),
        "invitees": people(values, INVITEES),
    }


SPOKEN: Mapping[str, Spoken] = {
    "meaning": lambda text: f"“{text}”" if text else "",
    "update_minutes": lambda minutes: _every(minutes),
    "broadcast": lambda called: say(CALLED[called]),
}


def _row(sight: Sight, level: Severity) -> b.Block:
    own = sight.settings.of(level)
    meaning = literal(own.meaning or known(SEVERITY_MEANINGS[level]), 300)
    lines = [f"*{level.label}*", meaning, *_facts(sight, own)]
    said = say("Change: {page}", page=level.label)
    address = f"{parts.SEVERITY}:{level}"
    return parts.row("\n".join(lines), address, say("Change"), said)


def _facts(sight: Sight, own: SeveritySettings) -> Sequence[str]:
    facts = [_every(own.update_minutes)]
    if own.broadcast is not Broadcast.NOBODY:
        facts.append(say("calls: {whom}", whom=say(CALLED[own.broadcast])))
    if own.invitees:
        facts.append(summaries.people(sight, own.invitees))
    return [" · ".join(facts)]


def _asked(sight: Sight, level: Severity, own: SeveritySettings) -> list[b.Input]:
    minutes = sorted({*OFFERED, own.update_minutes})
    updates = {one: b.option(b.Choice(label=_every(one), value=str(one))) for one in minutes}
    called = {one: b.option(b.Choice(label=say(words), value=one)) for one, words in CALLED.items()}
    usual = known(SEVERITY_MEANINGS[level])
    return [
        b.Input(
            id=MEANING, label=say("What it means"), optional=True,
            element=b.text_input(longest=MAX_MEANING, hint=usual),
            hint=say("Shown wherever a severity is chosen. Empty means the usual words."),
        ).starting_with(initial_value=own.meaning),
        b.Input(
            id=UPDATES, label=say("How often news is expected"),
            element={"type": "static_select", "options": [*updates.values()]},
        ).starting_with(initial_option=updates[own.update_minutes]),
        b.Input(
            id=BROADCAST, label=say("Whom the announcement calls"),
            element={"type": "radio_buttons", "options": [*called.values()]},
            hint=say("Once, when an incident of this severity is announced."),
        ).starting_with(initial_option=called[own.broadcast]),
        b.Input(
            id=INVITEES, label=say("Who is invited into every channel"), optional=True,
            element=b.people_select(),
        ).starting_with(initial_users=[*sight.seen(own.invitees)]),
    ]  # fmt: skip


def _every(minutes: int) -> str:
    if not minutes:
        return say("No update is expected")
    return say("An update {often}", often=every(timedelta(minutes=minutes)))
