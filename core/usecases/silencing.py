"""Alerts that an active silence covers: recorded, and calling nobody until it is over."""

from collections.abc import Sequence

from core.domain.alert import Fate
from core.domain.routing import labels_of
from core.domain.silence import ACTIVE, Silence
from core.domain.wording import minute
from core.usecases.ring import Ring
from core.usecases.waves import Member, Wave


async def take_what_is_silenced(wave: Wave, ring: Ring) -> None:
    silences = await ring.uow.records(Silence).children(ACTIVE) if wave.members else []
    active = sorted(
        (one for one in silences if ring.now < one.ends_at),
        key=lambda one: (one.ends_at, one.id),
        reverse=True,
    )
    if not active:
        return
    for _, member in wave.each():
        if silence := _over(member, active, ring):
            note = _note(silence)
            wave.keep(member.episode.quieted(Fate.SILENCED, silence.id, note))


def _over(member: Member, active: Sequence[Silence], ring: Ring) -> Silence | None:
    """The last to end of those that cover it: whoever outlives one has still nobody to call."""
    labels = labels_of(member.said)
    source = ring.integration.id
    return next((one for one in active if one.covers(source, labels, ring.now)), None)


def _note(silence: Silence) -> str:
    until = f"until {minute(silence.ends_at)}"
    reason = f" ({silence.reason})" if silence.reason else ""
    return f"by {silence.by} {until}{reason}" if silence.by else f"{until}{reason}"
