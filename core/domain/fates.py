"""What became of an alert, as a sentence that anybody can read afterwards."""

from collections.abc import Mapping

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


def fate_of(episode: Episode, incident: str | None, window: str | None) -> str:
    """`incident` and `window` are the references of the incident it belongs to, and of the window
    that suppressed it; None where there is none, or none any more."""
    told = SENTENCES[episode.fate].format(
        incident=incident or "an incident that was deleted",
        window=window or "maintenance",
        due=minute(episode.due_at) if episode.due_at else "",
        note=episode.fate_note,
    )
    return told.rstrip()
