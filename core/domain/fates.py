"""What became of an alert, as a sentence that anybody can read afterwards."""

from collections.abc import Container, Mapping
from dataclasses import replace
from datetime import datetime

from core.domain.alert import Episode, Fate
from core.domain.stored_words import said_again
from core.domain.wording import minute
from core.language import say, to_say

SENTENCES: Mapping[Fate, str] = {
    Fate.DECLARED: to_say("{incident} was declared for it"),
    Fate.GROUPED: to_say("grouped into {incident}"),
    Fate.ATTACHED: to_say("put into {incident} {note}"),
    Fate.STORM: to_say("part of the storm {incident}"),
    Fate.SPLIT: to_say("split off into {incident} {note}"),
    Fate.NOTIFIED: to_say("told to a channel only, {note}"),
    Fate.DROPPED: to_say("dropped {note}"),
    Fate.DISMISSED: to_say("no incident, {note}"),
    Fate.HELD: to_say("held until {due}"),
    Fate.PASSED: to_say("over before the end of its hold"),
    Fate.SUPPRESSED: to_say("suppressed by {window}"),
    Fate.SILENCED: to_say("silenced {note}"),
    Fate.INHIBITED: to_say("inhibited by {note}"),
    Fate.RECORDED: to_say("over before anybody could be called"),
}

BECAUSE = "; it ended because "
"""Where it ended here and not at its source, its note goes on with the reason behind this."""

ABOVE = to_say("an incident on which its service depends")
"""In place of the reason of what is inhibited, for whoever may not know of that incident."""

DELETED = to_say("its source was deleted")


def unheard(asked_at: datetime) -> str:
    return f"its source did not have it any more at {minute(asked_at)}"


def ended_because(episode: Episode, at: datetime, reason: str) -> Episode:
    """Nobody at the source said so."""
    ended = episode.ended(at)
    return replace(ended, fate_note=f"{ended.fate_note}{BECAUSE}{reason}")


def without_reason(episode: Episode, instead: str = "") -> Episode:
    """For whoever may not know of the incident of which the reason may speak. Why it ended
    stays."""
    _, because, reason = episode.fate_note.rpartition(BECAUSE)
    return replace(episode, fate_note=f"{instead}{because}{reason}" if because else instead)


def apart(episode: Episode, hidden: Container[str]) -> Episode:
    """As whoever sees it from whom those incidents are kept: one of them that keeps it quiet is
    not named."""
    if not episode.kept_by or episode.kept_by not in hidden:
        return episode
    unnamed = replace(episode, kept_by=None)
    return without_reason(unnamed, ABOVE) if episode.fate is Fate.INHIBITED else unnamed


def fate_of(episode: Episode, incident: str | None, window: str | None) -> str:
    """`incident` and `window` are the references of the incident it belongs to, and of the window
    that suppressed it; None where there is none, or none any more."""
    note, because, reason = episode.fate_note.rpartition(BECAUSE)
    told = say(
        SENTENCES[episode.fate],
        incident=incident or say("an incident that was deleted"),
        window=window or say("maintenance"),
        due=minute(episode.due_at) if episode.due_at else "",
        note=said_again(note if because else reason),
    ).rstrip()
    if not because:
        return told
    return say("{fate}; it ended because {reason}", fate=told, reason=said_again(reason))
