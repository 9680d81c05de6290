"""The forms about settings that are one word or one number each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.slack import blocks as b
from bot.slack.naming import name_in
from bot.slack.settings import parts
from bot.slack.settings.meanwhile import Spoken, Values, seals_of
from bot.slack.settings.sight import Sight
from bot.slack.settings.summaries import WEEKDAYS
from bot.slack.views.submission import channel, chosen, chosen_many, number, written
from core.domain.incident_settings import LANGUAGES, IncidentSettings
from core.domain.settings_words import LIMITS, MAX_REACTION, MAX_TEMPLATE
from core.language import say

ZONE = "settings.timezone"
RESET = "yes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """`asked` are its fields, `read` what was filled into them, `spoken` says a value."""

    page: str
    names: tuple[str, ...]
    asked: Callable[[Sight], list[b.Block]]
    read: Callable[[Mapping[str, Any], IncidentSettings], dict[str, Any]]
    spoken: Mapping[str, Spoken]

    def kept(self, settings: IncidentSettings) -> Values:
        return {name: getattr(settings, name) for name in self.names}

    def view(self, sight: Sight, about: str = "") -> b.View:
        return parts.form(sight, self.page, self.asked(sight), seals_of(self.kept(sight.settings)))


def place(name: str) -> str:
    """Where a setting stands in its form."""
    return f"settings.{name}"


def _channels(sight: Sight) -> list[b.Block]:
    settings = sight.settings
    hint = say(
        "Empty means #{channel}. Into a private channel Tocsin has to be invited.",
        channel=name_in(sight.announcement) or sight.announcement,
    )
    announced, where = settings.announcement_channel, say("Where incidents are announced")
    return [
        *_channel("announcement_channel", where, announced, hint),
        _template(settings.channel_name),
        _number(
            "archive_days",
            say("Days after the end until a channel is archived"),
            settings.archive_days,
            say("0 means never."),
        ),
        _reaction(settings.reaction),
    ]


def _template(current: str) -> b.Block:
    hint = say(
        "{{date}}, {{number}}, {{severity}} and {{title}} are filled in: "
        "inc-20261120-checkout-errors."
    )
    field = b.Input(
        id=place("channel_name"),
        label=say("How channels are called"),
        element=b.text_input(longest=MAX_TEMPLATE),
        hint=hint,
    )
    return field.starting_with(initial_value=current).block()


def _reaction(current: str) -> b.Block:
    field = b.Input(
        id=place("reaction"),
        label=say("Reaction that adds a message to the timeline"),
        element=b.text_input(longest=MAX_REACTION, hint="pushpin"),
        hint=say("The name of an emoji, without colons; empty means that only pins do."),
        optional=True,
    )
    return field.starting_with(initial_value=current).block()


def _reminders(sight: Sight) -> list[b.Block]:
    settings = sight.settings
    told = say("How often news is expected is decided for each severity.")
    return [
        _number(
            "lead_minutes",
            say("Minutes without a lead"),
            settings.lead_minutes,
            say("Then somebody is asked for in the channel. 0 means never."),
        ),
        _number(
            "stale_hours",
            say("Hours without any news"),
            settings.stale_hours,
            say("Then it is asked whether the incident goes on. 0 means never."),
        ),
        _number(
            "tasks_left_hours",
            say("Hours after the end"),
            settings.tasks_left_hours,
            say("Then whoever has tasks left is reminded of them. 0 means never."),
        ),
        b.context(b.plain(told)),
    ]


def _language(sight: Sight) -> list[b.Block]:
    settings = sight.settings
    languages = [b.Choice(label=name, value=code) for code, name in LANGUAGES.items()]
    zone = b.option(b.Choice(label=settings.timezone, value=settings.timezone))
    return [
        _select("language", say("Language of Tocsin"), languages, settings.language),
        b.Input(
            id=ZONE,
            label=say("Time zone of the organisation"),
            element=b.searching_select(),
            hint=say("For the date in channels' names and the weekly summary. In messages everybody"
                     " reads times in a zone of their own."),
        ).starting_with(initial_option=zone).block(),
    ]  # fmt: skip


def _summary(sight: Sight) -> list[b.Block]:
    settings = sight.settings
    hint = say(
        "A line for every incident, and once a week a summary. Empty means that neither is posted."
    )
    days = [b.Choice(label=say(name), value=str(day)) for day, name in enumerate(WEEKDAYS)]
    hours = [b.Choice(label=f"{hour:02d}:00", value=str(hour)) for hour in range(24)]
    return [
        *_channel("digest_channel", say("Digest channel"), settings.digest_channel, hint),
        _select("summary_weekday", say("Day of the summary"), days, str(settings.summary_weekday)),
        _select("summary_hour", say("Time of the summary"), hours, str(settings.summary_hour)),
        b.context(b.plain(say("In the time zone {zone}.", zone=settings.timezone))),
    ]


def _channel(name: str, label: str, current: str, hint: str) -> list[b.Block]:
    """One given by name cannot be shown as chosen; it stays until another is, or it is undone."""
    named = name_in(current)
    known = say("Now #{channel}, by name; it stays if nothing is chosen here.", channel=named)
    field = b.Input(
        id=place(name),
        label=label,
        element=b.channel_select(),
        hint=known if named else hint,
        optional=True,
    ).starting_with(initial_conversation="" if named else current.lstrip("#"))
    if not named:
        return [field.block()]
    undo = b.Choice(label=say("No longer #{channel}", channel=named), value=RESET)
    undoing = b.Input(
        id=f"{place(name)}.undo",
        label=say("Or none of its own"),
        element=b.checkboxes([undo]),
        hint=hint,
        optional=True,
    )
    return [field.block(), undoing.block()]


def _read_channel(values: Mapping[str, Any], name: str, current: str) -> str:
    if picked := channel(values, place(name)):
        return picked
    undone = RESET in chosen_many(values, f"{place(name)}.undo")
    return current if name_in(current) and not undone else ""


def _number(name: str, label: str, value: int, hint: str) -> b.Block:
    """Zero has to be shown as well."""
    element = b.number_input(LIMITS[name]) | {"initial_value": str(value)}
    return b.Input(id=place(name), label=label, element=element, hint=hint).block()


def _select(name: str, label: str, choices: list[b.Choice], value: str) -> b.Block:
    initial = next((b.option(one) for one in choices if one.value == value), None)
    field = b.Input(id=place(name), label=label, element=b.select(choices))
    return field.starting_with(initial_option=initial).block()


def _channel_spoken(value: Any) -> str:
    name = name_in(str(value))
    return f"#{name}" if name else "" if value else say("none")


CHANNELS = Plain(
    page=parts.CHANNELS,
    names=("announcement_channel", "channel_name", "archive_days", "reaction"),
    asked=_channels,
    read=lambda values, settings: {
        "announcement_channel": _read_channel(
            values, "announcement_channel", settings.announcement_channel
        ),
        "channel_name": written(values, place("channel_name")),
        "archive_days": number(values, place("archive_days")),
        "reaction": written(values, place("reaction")),
    },
    spoken={"announcement_channel": _channel_spoken, "channel_name": str, "reaction": str,
            "archive_days": str},
)  # fmt: skip
REMINDERS = Plain(
    page=parts.REMINDERS,
    names=("lead_minutes", "stale_hours", "tasks_left_hours"),
    asked=_reminders,
    read=lambda values, _: {
        name: number(values, place(name))
        for name in ("lead_minutes", "stale_hours", "tasks_left_hours")
    },
    spoken={"lead_minutes": str, "stale_hours": str, "tasks_left_hours": str},
)
LANGUAGE = Plain(
    page=parts.LANGUAGE,
    names=("language", "timezone"),
    asked=_language,
    read=lambda values, _: {
        "language": chosen(values, place("language")),
        "timezone": chosen(values, ZONE),
    },
    spoken={"language": lambda code: LANGUAGES[code], "timezone": str},
)
SUMMARY = Plain(
    page=parts.SUMMARY,
    names=("digest_channel", "summary_weekday", "summary_hour"),
    asked=_summary,
    read=lambda values, settings: {
        "digest_channel": _read_channel(values, "digest_channel", settings.digest_channel),
        "summary_weekday": int(chosen(values, place("summary_weekday")) or 0),
        "summary_hour": int(chosen(values, place("summary_hour")) or 0),
    },
    spoken={
        "digest_channel": _channel_spoken,
        "summary_weekday": lambda day: say(WEEKDAYS[day]),
        "summary_hour": lambda hour: f"{hour:02d}:00",
    },
)
PLAIN: Mapping[str, Plain] = {one.page: one for one in (CHANNELS, REMINDERS, LANGUAGE, SUMMARY)}
