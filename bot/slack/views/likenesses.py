"""What looks like an incident: others there were with what fixed them, procedures and articles."""

from collections.abc import Sequence

from bot.slack import blocks as b
from bot.slack.text import channel_link, clip, literal, moment
from bot.slack.views.words import MERGED_ICON, STATE_ICONS, marked_title
from core.domain.choice_words import labelled
from core.domain.ids import IncidentId
from core.domain.incident import Incident
from core.domain.likeness import MOST_SHOWN, Verdict
from core.domain.likeness_reasons import without_fix
from core.domain.narration import spoken
from core.domain.state import OVER
from core.domain.stored_words import all_said_again
from core.language import say, say_many, to_say
from core.views import LikenessRow

SAME, UNRELATED = "likeness.same", "likeness.unrelated"
UNDO, RUN = "likeness.undo", "likeness.run"

MOST_HELPFUL = 2
"""Procedures in one message, and articles."""

ICONS = {"procedure": "📋", "article": "📖"}
SHOWN_TITLE = 200
SHOWN_NAME = 80
SHOWN_FIX = 500
SHOWN_REASON = 300

LIKELY = ((0.75, to_say("Very likely")), (0.5, to_say("Likely")), (0.0, to_say("Maybe")))
"""What is said of a score that is at least so high."""

SAME_CAUSE, HELPS = to_say("Same cause"), to_say("Helps")
NOT_RELATED = to_say("Not related")


def looks_like(incident: Incident, rows: Sequence[LikenessRow]) -> b.Message:
    """For everybody in the incident's channel; what people say of it is written into it."""
    if incident.deleted_at:
        return b.notice(say("{reference} was deleted.", reference=incident.reference))
    shown = foremost(rows)
    if not shown:
        return b.notice(
            say("Nothing is left that {reference} looked like.", reference=incident.reference)
        )
    heading = say("🔎 *Have we seen this before?*")
    blocks = [b.section(b.mrkdwn(heading))]
    for number, row in enumerate(shown):
        blocks += likeness(row, number, incident.id)
    return b.Message(
        text=say(
            "{reference} looks like {others}.", reference=incident.reference, others=named(shown)
        ),
        blocks=blocks,
    )


def similar(id: IncidentId, reference: str, rows: Sequence[LikenessRow]) -> b.Message:
    """For one reader, who asked what looks like this incident."""
    heading = say("{reference} looks like these, the most likely first.", reference=reference)
    if not rows:
        heading = say("Nothing is known that looks like {reference}.", reference=reference)
    return _listed(heading, rows, id)


def similar_to_words(text: str, rows: Sequence[LikenessRow]) -> b.Message:
    """For one reader, who asked in words of their own or of a machine."""
    asked = f"“{' '.join(text.split())[:80]}”"
    heading = say("This has to do with {asked}, the most likely first.", asked=asked)
    if not rows:
        heading = say("Nothing is known that has to do with {asked}.", asked=asked)
    return _listed(heading, rows, None)


def _listed(heading: str, rows: Sequence[LikenessRow], about: IncidentId | None) -> b.Message:
    blocks = [b.section(b.plain(heading))]
    for number, row in enumerate(rows):
        blocks += likeness(row, number, about)
    return b.Message(text=f"{literal(heading)} {named(rows)}".strip(), blocks=blocks)


def going_on(rows: Sequence[LikenessRow]) -> list[b.Block]:
    """For somebody who is about to declare it once more."""
    words = say_many(
        "⚠️ *An incident that is going on may be the same.*",
        "⚠️ *Incidents that are going on may be the same.*",
        len(rows),
    )
    heading = b.section(b.mrkdwn(words))
    hint = say("Say there what you know, or declare yours below; it can be a different one.")
    shown = [block for row in rows[:MOST_SHOWN] for block in _told(row)]
    return [heading, *shown, b.context(b.plain(hint)), b.divider()]


def _told(row: LikenessRow) -> list[b.Block]:
    why = _why(row)
    return [b.section(b.mrkdwn(_what(row))), *([b.context(*why)] if why else [])]


def foremost(rows: Sequence[LikenessRow]) -> list[LikenessRow]:
    """Incidents first, then what tells how to go on, a few of each."""
    most = {"incident": MOST_SHOWN, "procedure": MOST_HELPFUL, "article": MOST_HELPFUL}
    shown: list[LikenessRow] = []
    for kind, count in most.items():
        shown += [row for row in rows if row.kind == kind][:count]
    return shown


def named(rows: Sequence[LikenessRow]) -> str:
    """What they are called, escaped, for notifications and screen readers."""
    return "; ".join(f"{row.reference} “{literal(row.title, 80)}”".strip() for row in rows)


def likeness(row: LikenessRow, number: int, about: IncidentId | None) -> list[b.Block]:
    """One of them, with what can be said of it and done with it."""
    if row.verdict is Verdict.NOT_RELATED:
        said = b.context(b.mrkdwn(f"{_name(row)} · {_verdict(row)}"))
        return [said, *_buttons(row, number, about)]
    what, *why = _told(row)
    return [what, *_fix(row), *why, *_buttons(row, number, about)]


def _what(row: LikenessRow) -> str:
    where = f" · {channel_link(row.channel_id)}" if row.channel_id else ""
    return f"{_name(row)}{where}\n{_facts(row)}".strip()


def _name(row: LikenessRow) -> str:
    title = marked_title(row, SHOWN_TITLE)
    if row.reference:
        return f"*{row.reference}* {title}"
    return f"{ICONS.get(row.kind, '')} *{labelled(row.kind)}* {title}".strip()


def _facts(row: LikenessRow) -> str:
    facts = (
        _standing(row),
        say("began {at}", at=moment(row.created_at)) if row.created_at else "",
        say("lasted {span}", span=spoken(row.duration)) if row.duration is not None else "",
        say("led by {lead}", lead=literal(row.lead, SHOWN_NAME)) if row.lead else "",
        literal(", ".join(row.services), SHOWN_TITLE),
    )
    return " · ".join(fact for fact in facts if fact)


def _standing(row: LikenessRow) -> str:
    if row.merged:
        return f"{MERGED_ICON} {say('Merged')}"
    return f"{STATE_ICONS[row.state]} {labelled(row.state)}" if row.state else ""


def _fix(row: LikenessRow) -> list[b.Block]:
    """In the words of whoever ended it."""
    told = {say("What fixed it"): row.resolution, say("Root cause"): row.root_cause}
    lines = [f"{name}: {_clipped(text)}" for name, text in told.items() if text]
    if not lines and row.state in OVER:
        lines = [say("Nobody wrote down what fixed it.")]
    return [b.section(b.plain("\n".join(lines)))] if lines else []


def _clipped(text: str) -> str:
    return clip(text.strip(), SHOWN_FIX)


def _why(row: LikenessRow) -> list[b.TextObject]:
    said = [b.mrkdwn(_verdict(row))] if row.verdict else []
    reason = without_fix(row.reason) if row.resolution else row.reason
    words = ": ".join(part for part in (likely(row.score), all_said_again(reason)) if part)
    return [*said, *([b.plain(words, SHOWN_REASON)] if words else [])]


def likely(score: float) -> str:
    """In words: on texts that are unlike those they were fitted on, scores are surer than they
    should be, and a number would be believed to the digit."""
    if not score:
        return ""
    return say(next(said for least, said in LIKELY if score >= least))


def _verdict(row: LikenessRow) -> str:
    who = literal(row.judged_by, SHOWN_NAME) or "somebody"
    related = row.verdict is Verdict.SAME_CAUSE
    said = f"👍 {_related(row)}" if related else f"👎 {say(NOT_RELATED)}"
    return say("{verdict}, says {who}", verdict=said, who=who) if row.verdict else ""


def _related(row: LikenessRow) -> str:
    return say(SAME_CAUSE if row.reference else HELPS)


def _buttons(row: LikenessRow, number: int, about: IncidentId | None) -> list[b.Block]:
    if about is None:
        return []
    run = [_button(row, about, say("Run procedure"), RUN)] if row.kind == "procedure" else []
    if row.verdict is None:
        said = [
            _button(row, about, _related(row), SAME),
            _button(row, about, say(NOT_RELATED), UNRELATED),
        ]
        return [b.actions([*run, *said], id=f"likeness.{number}")]
    undo = _button(row, about, say("Take back"), UNDO)
    offered = [undo] if row.verdict is Verdict.NOT_RELATED else [*run, undo]
    return [b.actions(offered, id=f"likeness.{number}")]


def _button(row: LikenessRow, about: IncidentId, label: str, action: str) -> b.Element:
    said = f"{label}: {row.reference or row.title}"
    return b.button(label, action=action, value=f"{about}|{row.id}", said=said)


def pressed(value: str) -> tuple[IncidentId, str]:
    """What a button carries: the incident, and what looks like it."""
    about, _, other = value.partition("|")
    return IncidentId(about), other
