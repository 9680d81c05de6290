"""The week in words: for the digest channel, and for whoever cannot see its chart."""

from collections.abc import Mapping
from datetime import date

from bot.slack import blocks as b
from bot.slack.text import literal
from core.domain.day_words import month_short, weekday_short
from core.domain.narration import spoken
from core.domain.severity import Severity
from core.domain.weekly import Week, days_of
from core.language import say, say_many


def weekly_summary(week: Week, picture: b.Block | None = None) -> b.Message:
    heading = say("The week of incidents: {days}", days=_days(week))
    facts = weekly_facts(week)
    blocks = [b.header(heading), b.section(b.mrkdwn("\n".join(f"• {one}" for one in facts)))]
    blocks += [picture] if picture else []
    remark = say("Rehearsals and private incidents are not counted.")
    blocks.append(b.context(b.plain(remark)))
    return b.Message(text=" ".join([literal(heading) + ".", *facts]), blocks=blocks)


def weekly_facts(week: Week) -> list[str]:
    """Whole sentences, escaped."""
    return [
        _declared(week),
        _before(week),
        *_resolved(week),
        *_longest(week),
        *_taken(week),
        *([_services(week)] if week.services else []),
        _going_on(week),
    ]


def chart_words(week: Week) -> str:
    """What the chart shows, day by day; plain text."""
    days = [
        f"{weekday_short(day)}: {_by_severity(counts)}"
        for day, counts in zip(days_of(week), week.days, strict=True)
    ]
    return say("Incidents declared on each day. {days}.", days="; ".join(days))


def picture_block(file_id: str, week: Week) -> b.Block:
    return b.image(file_id, chart_words(week))


def _declared(week: Week) -> str:
    if not week.declared:
        return say("No incident was declared.")
    return say_many(
        "1 incident was declared: {kinds}.",
        "{count} incidents were declared: {kinds}.",
        week.declared,
        kinds=_by_severity(week.by_severity),
    )


def _before(week: Week) -> str:
    return say_many(
        "1 was declared in the week before.",
        "{count} were declared in the week before.",
        week.before,
    )


def _resolved(week: Week) -> list[str]:
    if week.resolved_in is None:
        return []
    said = say_many(
        "1 was resolved, after {span}.",
        "{count} were resolved, half of them within {span}.",
        week.resolved,
        span=spoken(week.resolved_in),
    )
    return [said]


def _taken(week: Week) -> list[str]:
    if week.taken_in is None:
        return []
    return [
        say("Half of those declared were acknowledged within {span}.", span=spoken(week.taken_in))
    ]


def _longest(week: Week) -> list[str]:
    """Which one it was is not said: it may turn private, and this is not taken back."""
    if week.resolved < 2:
        return []
    return [say("The longest of them took {span}.", span=spoken(week.longest_took))]


def _services(week: Week) -> str:
    named = ", ".join(f"{literal(name, 100)} ({count})" for name, count in week.services)
    return say("Most often affected: {services}.", services=named)


def _going_on(week: Week) -> str:
    if not week.going_on:
        return say("Nothing goes on now.")
    return say_many("1 incident goes on.", "{count} incidents go on.", week.going_on)


def _by_severity(counts: Mapping[Severity, int]) -> str:
    parts = [f"{count} {severity.label}" for severity, count in counts.items()]
    return ", ".join(parts) or say("none")


def _days(week: Week) -> str:
    days = days_of(week)
    return say("{first} to {last}", first=_day(days[0]), last=_day(days[-1]))


def _day(day: date) -> str:
    return f"{day.day} {month_short(day)} {day.year}"
