"""What holds now, each part of the settings in a sentence; escaped, for mrkdwn."""

from collections.abc import Sequence
from datetime import timedelta

from bot.slack.naming import name_in
from bot.slack.settings.sight import Sight
from bot.slack.text import channel_link, literal, mention
from core.domain.ids import UserId
from core.domain.incident_settings import LANGUAGES
from core.domain.interval_words import after, every
from core.domain.severity import Severity
from core.language import known, say, say_many, to_say

WEEKDAYS = (
    to_say("Monday"),
    to_say("Tuesday"),
    to_say("Wednesday"),
    to_say("Thursday"),
    to_say("Friday"),
    to_say("Saturday"),
    to_say("Sunday"),
)
SHOWN = 8
"""Roles and fields that are named."""


def channel_named(channel: str) -> str:
    """Of a name or an id, as Slack shows it."""
    name = name_in(channel)
    return f"#{literal(name, 100)}" if name else channel_link(channel.lstrip("#"))


def channels(sight: Sight) -> str:
    settings = sight.settings
    where = channel_named(settings.announcement_channel or sight.announcement)
    name = literal(settings.channel_name, 200)
    lines = [say("Announced in {channel}; channels are called {name}.", channel=where, name=name)]
    if settings.archive_days:
        days = settings.archive_days
        lines.append(
            say_many("Archived a day after the end.", "Archived {count} days after the end.", days)
        )
    else:
        lines.append(say("Channels are never archived."))
    if settings.reaction:
        name = literal(settings.reaction, 100)
        lines.append(say("The reaction “{name}” adds a message to the timeline.", name=name))
    return " ".join(lines)


def severities(sight: Sight) -> str:
    return "\n".join(severity(sight, one) for one in Severity)


def severity(sight: Sight, level: Severity) -> str:
    own = sight.settings.of(level)
    if not own.update_minutes:
        return say("{severity}: no update is expected.", severity=level.label)
    often = every(timedelta(minutes=own.update_minutes))
    return say("{severity}: an update {often}.", severity=level.label, often=often)


def services(sight: Sight) -> str:
    count = len(sight.settings.service_invitees)
    if not count:
        return say("Only a service's owners are invited into its channels.")
    return say_many(
        "For one service others are invited besides its owners.",
        "For {count} services others are invited besides their owners.",
        count,
    )


def roles(sight: Sight) -> str:
    return _few([known(role.name) for role in sight.roles])


def fields(sight: Sight) -> str:
    names = [_field(sight, one.field_id, one.required) for one in sight.settings.form_fields]
    named = [name for name in names if name]
    if not named:
        return say("The form to declare asks for nothing of your own.")
    return say("The form to declare also asks for: {fields}.", fields=_few(named))


def reminders(sight: Sight) -> str:
    settings = sight.settings
    waits = [
        (say("No lead"), timedelta(minutes=settings.lead_minutes)),
        (say("No news"), timedelta(hours=settings.stale_hours)),
        (say("Tasks left after the end"), timedelta(hours=settings.tasks_left_hours)),
    ]
    return "\n".join(f"{what}: {_after(wait)}" for what, wait in waits)


def language(sight: Sight) -> str:
    settings = sight.settings
    name = LANGUAGES.get(settings.language, settings.language)
    return f"{literal(name, 50)} · {literal(settings.timezone, 100)}"


def summary(sight: Sight) -> str:
    settings = sight.settings
    if not settings.digest_channel:
        return say("Posted nowhere.")
    return say(
        "In {channel}; the week is summed up on {weekday} at {hour}:00 ({zone}).",
        channel=channel_named(settings.digest_channel),
        weekday=say(WEEKDAYS[settings.summary_weekday]),
        hour=f"{settings.summary_hour:02d}",
        zone=literal(settings.timezone, 100),
    )


def people(sight: Sight, ids: Sequence[UserId]) -> str:
    """Who is invited: those in Slack by mention, the others by their number."""
    seen = sight.seen(ids)
    names = ", ".join(mention(id) for id in seen[:SHOWN])
    left = len(ids) - len(seen[:SHOWN])
    if not names:
        return say_many("{count} person is invited", "{count} people are invited", left)
    if left:
        return say("invites {names} and {count} more", names=names, count=left)
    return say("invites {names}", names=names)


def unseen(sight: Sight, ids: Sequence[UserId]) -> str:
    """Nothing, where everybody can be shown."""
    count = len(ids) - len(sight.seen(ids))
    if not count:
        return ""
    return say_many(
        "{count} person who has not used Tocsin in Slack yet is invited too, and stays.",
        "{count} people who have not used Tocsin in Slack yet are invited too, and stay.",
        count,
    )


def at_a_glance(sight: Sight) -> str:
    """For the App Home: where and in which language, and that there is more."""
    return f"{channels(sight)}\n{language(sight)}"


def _after(wait: timedelta) -> str:
    return after(wait) if wait else say("never")


def _field(sight: Sight, id: str, required: bool) -> str:
    found = sight.custom_field(id)
    if found is None:
        return ""
    return say("{name} (required)", name=found.name) if required else found.name


def _few(names: list[str]) -> str:
    shown = literal(", ".join(names[:SHOWN]), 600)
    left = len(names) - SHOWN
    return say("{names} and {count} more", names=shown, count=left) if left > 0 else shown
