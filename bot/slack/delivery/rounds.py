"""What one attempt at taking back has to look at: pure, of what is noted of an incident."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.slack.delivery.posting import BEGUN
from bot.slack.delivery.taking_back import BEFORE, CANVAS, kind_of, says_something
from bot.slack.shown_links import PREVIEW
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
    """`told` is what is taken back, by channel, `mark` what is noted of it once it is; before the
    last one `refused` is noted of what was refused, for it is tried again in the last one.
    `renamed` are the channels that lose what they are called, `left` those that are put away."""

    mark: str
    refused: str = ""
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
    if kind_of(told.role) in (BEFORE, PREVIEW):
        return told.role
    return f"{told.channel_id}:{told.ts}"


def renamed_as(id: ChannelId) -> str:
    """The role of the note that nothing tells any more what that channel was for."""
    return f"{id}:name"


def put_away_as(id: ChannelId) -> str:
    """The role of the note that nothing can be said in that channel any more."""
    return f"{id}:away"


def early_round(turn: str, noted: Noted, *, closing: bool = False) -> Round:
    """While something is on its way: what that writes once more is taken back a second time. A
    `closing` round sees to the channels that it left."""
    mark, kept = _early(turn), _kept(noted) if closing else []
    wanted = [one for one in noted.told if says_something(one) and one.channel_id not in kept]
    round = _round(noted, mark, wanted, {mark, turn})
    return replace(round, refused=mark, renamed=[] if closing else _renamed(turn, noted))


def closing_round(turn: str, noted: Noted) -> Round:
    """Nothing is on its way any more to the channels that it left, though to others."""
    mark, kept = _closing(turn), _kept(noted)
    wanted = [one for one in _all_there_is(noted) if one.channel_id in kept]
    round = _round(noted, turn, wanted, {mark, turn})
    return replace(round, refused=mark, left=_left(noted, {mark, turn}))


def last_round(turn: str, noted: Noted) -> Round:
    """Nothing is on its way any more, so that it can be said what stands where."""
    round = _round(noted, turn, _all_there_is(noted), {turn})
    return replace(round, renamed=_renamed(turn, noted), left=_left(noted, {turn}))


def _all_there_is(noted: Noted) -> list[Posting]:
    return [*filter(says_something, noted.told), *in_doubt(noted.told)]


def in_doubt(told: Sequence[Posting]) -> Iterator[Posting]:
    """The notes of what was begun to be said and is not known to stand there."""
    known = {(one.role, one.channel_id) for one in told}
    written = {one.channel_id for one in told if kind_of(one.role) == CANVAS}
    for one in told:
        _, _, role = one.ts.partition(" ")
        if is_canvas_begun(one):
            doubted = bool(one.channel_id) and one.channel_id not in written
        else:
            doubted = is_begun(one) and bool(role) and (role, one.channel_id) not in known
        if doubted:
            yield one


def is_begun(told: Posting) -> bool:
    return told.role.startswith(f"{BEGUN}:")


def is_canvas_begun(told: Posting) -> bool:
    return told.role.startswith(f"{BEFORE}:")


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


def _closing(turn: str) -> str:
    return f"{turn} closing"


def _renamed(turn: str, noted: Noted) -> list[ChannelId]:
    """Once is enough, whatever is still on its way."""
    done = {one.role for one in noted.taken_back if one.ts in (turn, _early(turn))}
    return [id for id in _kept(noted) if renamed_as(id) not in done]


def _left(noted: Noted, enough: set[str]) -> list[ChannelId]:
    """What is not put away yet."""
    done = {one.role for one in noted.taken_back if one.ts in enough}
    return [id for id in _kept(noted) if put_away_as(id) not in done]


def _kept(noted: Noted) -> list[ChannelId]:
    """The channels that it left, and that are still there."""
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
