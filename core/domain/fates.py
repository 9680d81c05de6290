"""What became of an alert, as a sentence that anybody can read afterwards."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from core.domain.alert import Episode, Fate
from core.domain.wording import minute

SENTENCES: Mapping[Fate, str] = {
    Fate.DECLARED: "{incident} was declared for it",
    Fate.GROUPED: "grouped into {incident}",
    Fate.ATTACHED: "put into {incident} {note}",
    Fate.STORM: "part of the storm {incident}",
    Fate.SPLIT: "split off into {incident} {note}",
    Fate.NOTIFIED: "told to a channel only, {note}",
    Fate.DROPPED: "dropped {note}",
    Fate.DISMISSED: "no incident, {note}",
    Fate.HELD: "held until {due}",
    Fate.PASSED: "over before the end of its hold",
    Fate.SUPPRESSED: "suppressed by {window}",
    Fate.SILENCED: "silenced {note}",
    Fate.INHIBITED: "inhibited by {note}",
    Fate.RECORDED: "over before anybody could be called",
}

BECAUSE = "; it ended because "
"""Where it ended here and not at its source, its note goes on with the reason behind this."""

DELETED = "its source was deleted"


def unheard(asked_at: datetime) -> str:
    return f"its source did not have it any more at {minute(asked_at)}"


def ended_because(episode: Episode, at: datetime, reason: str) -> Episode:
    """Nobody at the source said so."""
    ended = episode.ended(at)
    return replace(ended, fate_note=f"{ended.fate_note}{BECAUSE}{reason}")


def fate_of(episode: Episode, incident: str | None, window: str | None) -> str:
    """`incident` and `window` are the references of the incident it belongs to, and of the window
    that suppressed it; None where there is none, or none any more."""
    note, because, reason = episode.fate_note.rpartition(BECAUSE)
    told = SENTENCES[episode.fate].format(
        incident=incident or "an incident that was deleted",
        window=window or "maintenance",
        due=minute(episode.due_at) if episode.due_at else "",
        note=note if because else reason,
    )
    return f"{told.rstrip()}{because}{reason}" if because else told.rstrip()
