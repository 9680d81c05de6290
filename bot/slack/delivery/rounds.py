"""What one attempt at taking back has to look at: pure, of what is noted of an incident."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.slack.delivery.posting import BEGUN
from bot.slack.delivery.taking_back import says_something
from core.domain.channel_fate import ChannelFate
from core.domain.events import ChannelChanged, ChannelLinked
from core.domain.ids import ChannelId
from core.ports import Posting
from core.views import TimelineEntry

DIRECT = "D"
"""With which the ids of messages between two begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """All that is known of an incident when an attempt begins: what was told of it, what was taken
    back of that, its timeline, and which channel is its own now."""

    own: ChannelId | None
    told: Sequence[Posting]
    taken_back: Sequence[Posting]
    entries: Sequence[TimelineEntry]


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """`told` is what is taken back, by channel, `mark` what is noted of it once it is; in an
    `early` one also of what was refused, for it is tried again in the last one. `renamed` are the
    channels that lose what they are called, `left` those that are put away."""

    mark: str
    early: bool = False
    told: Mapping[ChannelId, Sequence[Posting]] = field(default_factory=dict)
    renamed: Sequence[ChannelId] = ()
    left: Sequence[ChannelId] = ()

    @property
    def channels(self) -> list[ChannelId]:
        ids = dict.fromkeys([*self.renamed, *self.told, *self.left])
        return [id for id in ids if not id.startswith(DIRECT)]

    @property
    def direct(self) -> list[ChannelId]:
        return [id for id in self.told if id.startswith(DIRECT)]


def noted_as(told: Posting) -> str:
    """The role of the note that it was taken back."""
    return f"{told.channel_id}:{told.ts}"


def renamed_as(id: ChannelId) -> str:
    """The role of the note that nothing tells any more what that channel was for."""
    return f"{id}:name"


def early_round(turn: str, noted: Noted) -> Round:
    """While something is on its way: what that writes once more is taken back a second time."""
    mark = _early(turn)
    round = _round(noted, mark, filter(says_something, noted.told), {mark, turn})
    return replace(round, early=True, renamed=_renamed(turn, noted))


def last_round(turn: str, noted: Noted) -> Round:
    """Nothing is on its way any more, so that it can be said what stands where."""
    wanted = [*filter(says_something, noted.told), *in_doubt(noted.told)]
    round = _round(noted, turn, wanted, {turn})
    return replace(round, renamed=_renamed(turn, noted), left=_left(noted))


def in_doubt(told: Sequence[Posting]) -> Iterator[Posting]:
    """The notes of what was begun to be said and is not known to stand there."""
    known = {(one.role, one.channel_id) for one in told}
    for one in told:
        _, _, role = one.ts.partition(" ")
        if is_begun(one) and role and (role, one.channel_id) not in known:
            yield one


def is_begun(told: Posting) -> bool:
    return told.role.startswith(f"{BEGUN}:")


def _round(noted: Noted, mark: str, wanted: Iterable[Posting], enough: set[str]) -> Round:
    had = _channels_of(noted.entries)
    done = {one.role for one in noted.taken_back if one.ts in enough}
    there = {noted_as(one): one for one in wanted if had.get(one.channel_id, True)}
    told: dict[ChannelId, list[Posting]] = {}
    for key, one in there.items():
        if key not in done and one.channel_id != noted.own:
            told.setdefault(one.channel_id, []).append(one)
    return Round(mark=mark, told=told)


def _early(turn: str) -> str:
    return f"{turn} early"


def _renamed(turn: str, noted: Noted) -> list[ChannelId]:
    """Once is enough, whatever is still on its way."""
    done = {one.role for one in noted.taken_back if one.ts in (turn, _early(turn))}
    return [id for id in _left(noted) if renamed_as(id) not in done]


def _left(noted: Noted) -> list[ChannelId]:
    had = _channels_of(noted.entries)
    return [id for id in had if had[id] and id != noted.own]


def _channels_of(entries: Iterable[TimelineEntry]) -> dict[ChannelId, bool]:
    """Those that the incident ever had. False of what was deleted: nobody reads anything there."""
    had: dict[ChannelId, bool] = {}
    latest = ChannelId("")
    for event in (entry.event for entry in entries):
        match event:
            case ChannelLinked(channel_id=id):
                latest = id
                had[id] = True
            case ChannelChanged(what=ChannelFate.DELETED) if latest:
                had[latest] = False
            case _:
                pass
    return had
