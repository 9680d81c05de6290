"""The alerts of an incident: counted and listed for everybody, and leafed through by one reader."""

from collections.abc import Sequence
from datetime import datetime

from bot.slack import blocks as b
from bot.slack.text import literal, moment
from bot.slack.views.lists import RUN
from core.domain.alert import Episode
from core.domain.ids import EpisodeId
from core.domain.narration import spoken
from core.domain.state import OVER
from core.language import ENGLISH, language, say, to_say
from core.ports import AlertPage, AlertRow
from core.views import IncidentCard

ACT = "alert.act"
DISMISS, SILENCE, SPLIT = "dismiss", "silence", "split"
SILENCED = 3_600
"""Seconds for which the menu silences."""

LISTED = 10
SHOWN_NAME = 150
SHOWN_SUMMARY = 200
SHOWN_LABELS = 4
SHOWN_FATE = 400
SAID_NAME = 40


def alerts_message(card: IncidentCard, rows: Sequence[AlertRow]) -> b.Message:
    """For everybody, in the incident's thread: all are counted, a few are listed."""
    incident = card.incident
    if incident.deleted_at:
        return b.notice(say("{reference} was deleted.", reference=incident.reference))
    if not card.alerts:
        return b.notice(say("No alert is left in {reference}.", reference=incident.reference))
    said = counted(card.alerts, card.firing)
    lines = [_line(row, number, _offered(card)) for number, row in enumerate(rows[:LISTED])]
    return b.Message(
        text=say("{reference} has {alerts}.", reference=incident.reference, alerts=literal(said)),
        blocks=[
            b.section(b.mrkdwn(f"🔔 *{said}*")),
            *lines,
            *_buttons(card, rows),
            *_folded(card, len(lines)),
        ],
    )


def alert_list(
    card: IncidentCard, page: AlertPage, *, firing: bool, after: EpisodeId | None
) -> b.Message:
    """For one reader, a page at a time."""
    reference = card.incident.reference
    if not page.rows:
        words = to_say("{reference} has no alerts to show.")
        if firing:
            words = to_say("{reference} has no alert that fires.")
        return b.notice(say(words, reference=reference))
    said = say(
        "{reference} has {alerts}; newest first.",
        reference=reference,
        alerts=counted(card.alerts, card.firing),
    )
    lines = [_line(row, number, _offered(card)) for number, row in enumerate(page.rows)]
    return b.Message(
        text=literal(said),
        blocks=[
            b.section(b.plain(said)),
            *lines,
            *_buttons(card, page.rows),
            *_turning(reference, page, firing, after),
        ],
    )


def counted(total: int, firing: int) -> str:
    """`12 alerts, 5 of them firing`."""
    if total == 1:
        return say("1 alert, firing") if firing else say("1 alert, ended")
    if firing == total:
        return say("{total:,} alerts, all firing", total=total)
    if not firing:
        return say("{total:,} alerts, all ended", total=total)
    return say("{total:,} alerts, {firing:,} of them firing", total=total, firing=firing)


def chosen(value: str) -> tuple[str, EpisodeId]:
    """What a button or a menu's option carries: what is to be done, and with which alert."""
    act, _, id = value.partition("|")
    return act, EpisodeId(id)


def alert_text(row: AlertRow) -> str:
    """What an alert is called, since when it fires and what became of it, escaped."""
    episode = row.episode
    told = literal(" ".join(_told(episode).split()), SHOWN_SUMMARY)
    facts = [episode.severity.label, _when(episode), *_marks(episode)]
    head = f"{_icon(episode)} *{literal(episode.name or say('An alert'), SHOWN_NAME)}*"
    fate = literal(" ".join(row.fate.split()), SHOWN_FATE)
    lines = [f"{head} · {' · '.join(facts)}", told, f"↳ {fate[:1].upper()}{fate[1:]}"]
    return "\n".join(line for line in lines if line)


def _line(row: AlertRow, number: int, acts: Sequence[tuple[str, str]]) -> b.Block:
    choices = [b.Choice(label=label, value=f"{act}|{row.episode.id}") for act, label in acts]
    menu = b.overflow(choices, action=ACT) if choices else None
    line = b.section(b.mrkdwn(alert_text(row)), accessory=menu)
    return line | {"block_id": f"alert.{number}"}


def _buttons(card: IncidentCard, rows: Sequence[AlertRow]) -> list[b.Block]:
    """Of the only alert that is shown; more would bury the list."""
    acts = _offered(card) if len(rows) == 1 else []
    if not acts:
        return []
    [row] = rows
    name = " ".join(row.episode.name.split())[:SAID_NAME] or say("The alert")
    buttons = [
        b.button(
            label,
            action=f"{ACT}.{act}",
            value=f"{act}|{row.episode.id}",
            said=say("{name}: {act}", name=name, act=_in_sentence(label)),
        )
        for act, label in acts
    ]
    return [b.actions(buttons, id="alert.acts")]


def _offered(card: IncidentCard) -> list[tuple[str, str]]:
    """What can be done with each: nothing once it is over, and the only one stays where it is."""
    if card.incident.state in OVER or card.incident.deleted_at:
        return []
    split = [(SPLIT, say("Split off"))] if card.alerts > 1 else []
    return [(DISMISS, say("Not an incident")), (SILENCE, say("Silence 1 h")), *split]


def _in_sentence(label: str) -> str:
    """English writes it small there, other languages as it is."""
    return f"{label[:1].lower()}{label[1:]}" if language() == ENGLISH.language else label


def _icon(episode: Episode) -> str:
    return "🔥" if episode.firing else "✅"


def _when(episode: Episode) -> str:
    if episode.ends_at is not None:
        return _ended(episode, episode.ends_at)
    return say("firing since {since}", since=moment(episode.starts_at))


def _ended(episode: Episode, at: datetime) -> str:
    span = spoken(at - episode.starts_at)
    return say("ended {at} after {span}", at=moment(at), span=span)


def _marks(episode: Episode) -> list[str]:
    """What else people should know of it."""
    marks = {
        say("comes and goes"): episode.flapping,
        say("said {count:,} times", count=episode.count): episode.count > 1,
        say("acknowledged by {who}", who=literal(episode.acknowledged_by, 80)): bool(
            episode.acknowledged_by
        ),
    }
    return [mark for mark, holds in marks.items() if holds]


def _told(episode: Episode) -> str:
    """Its own words, else the labels that tell it from others."""
    if episode.summary and episode.summary != episode.name:
        return episode.summary
    labels = {name: text for name, text in episode.labels.items() if text != episode.name}
    return ", ".join(f"{name}: {text}" for name, text in [*labels.items()][:SHOWN_LABELS])


def _folded(card: IncidentCard, shown: int) -> list[b.Block]:
    left = card.alerts - shown
    if left <= 0:
        return []
    command = f"/incident alerts {card.incident.reference}"
    return [
        b.context(
            b.plain(say("and {left:,} more; “{command}” shows them.", left=left, command=command))
        )
    ]


def _turning(
    reference: str, page: AlertPage, firing: bool, after: EpisodeId | None
) -> list[b.Block]:
    line = f"alerts {reference}{' firing' if firing else ''}"
    first = b.button(say("Newest"), action=f"{RUN}.newest", value=line)
    last = page.rows[-1].episode.id
    older = b.button(say("Older"), action=f"{RUN}.older", value=f"{line} after {last}")
    buttons = [*([first] if after else []), *([older] if page.more else [])]
    return [b.actions(buttons, id="alert.pages")] if buttons else []
