"""What one attempt at taking back has to look at, by what is noted of the incident."""

from collections.abc import Sequence
from typing import Any

from bot.slack.delivery.rounds import (
    Noted,
    Round,
    closing_round,
    early_round,
    in_doubt,
    last_round,
    noted_as,
    put_away_as,
    renamed_as,
)
from core.domain.actor import Actor, Surface
from core.domain.channel_fate import ChannelFate
from core.domain.events import ChannelChanged, ChannelLinked
from core.domain.ids import ChannelId, EntryId, IncidentId
from core.ports import Posting
from core.views import TimelineEntry
from tests.unit.slack.cards import THEN

ROUNDS = (early_round, closing_round, last_round)
OLD, OWN, NEWS = ChannelId("C0OLD"), ChannelId("C0OWN"), ChannelId("C0NEWS")
_OF: dict[str, Any] = {
    "incident_id": IncidentId("inc_7"),
    "by": Actor(surface=Surface.SLACK, name="Alice Archer"),
    "at": THEN,
}


def posting(role: str, channel_id: ChannelId = OLD, ts: str = "1700.1") -> Posting:
    return Posting(role=role, channel_id=channel_id, ts=ts)


def linked(id: ChannelId) -> ChannelLinked:
    return ChannelLinked(**_OF, channel_id=id, channel_name="inc-7")


def befell(fate: ChannelFate) -> ChannelChanged:
    return ChannelChanged(**_OF, what=fate, channel_name="inc-7")


def noted(
    *told: Posting,
    taken_back: Sequence[Posting] = (),
    events: Sequence[ChannelLinked | ChannelChanged] = (),
) -> Noted:
    entries = [
        TimelineEntry(id=EntryId(f"ent_{number}"), at=THEN, event=event)
        for number, event in enumerate(events)
    ]
    return Noted(own=OWN, told=told, taken_back=taken_back, entries=entries)


def keys(round: Round) -> list[str]:
    return [noted_as(one) for told in round.told.values() for one in told]


def test_what_stands_in_its_own_channel_stays() -> None:
    card, announcement = posting("card", OWN), posting("announcement", NEWS)

    round = last_round("ent_1", noted(card, announcement))

    assert round.told == {NEWS: [announcement]}


def test_what_is_noted_beside_messages_is_nothing_to_take_back() -> None:
    beside = [posting("topic", ts="f3a0"), posting("invited:U1", ts="in"), posting("pin")]

    round = last_round("ent_1", noted(*beside, posting("card")))

    assert keys(round) == ["C0OLD:1700.1"]


def test_canvases_and_files_are_taken_back_also_where_they_were_left() -> None:
    there = [
        posting("postmortem.canvas", ts="F1"),
        posting("postmortem.file:2", ts="F2"),
        posting("left:postmortem.file:1:F3", ts="F3"),
        posting("left:card:1700.2", ts="1700.2"),
    ]

    round = last_round("ent_1", noted(*there))

    assert keys(round) == ["C0OLD:F1", "C0OLD:F2", "C0OLD:F3", "C0OLD:1700.2"]


def test_what_was_taken_back_before_the_rest_arrived_is_taken_back_once_more() -> None:
    card = posting("card")
    early = early_round("ent_1", noted(card))
    done = [posting(noted_as(card), ts=early.mark)]

    again = early_round("ent_1", noted(card, taken_back=done))
    last = last_round("ent_1", noted(card, taken_back=done))

    assert (keys(early), keys(again), keys(last)) == (["C0OLD:1700.1"], [], ["C0OLD:1700.1"])


def test_what_was_taken_back_at_last_is_done_until_it_turns_private_again() -> None:
    card = posting("card")
    done = [posting(noted_as(card), ts=last_round("ent_1", noted(card)).mark)]

    same = [one("ent_1", noted(card, taken_back=done)) for one in (early_round, last_round)]
    other = last_round("ent_9", noted(card, taken_back=done))

    assert [keys(one) for one in same] == [[], []]
    assert keys(other) == ["C0OLD:1700.1"]


def test_only_what_was_begun_and_never_noted_is_in_doubt() -> None:
    begun = [
        posting("begun:C0OLD", ts=" card"),
        posting("begun:C0NEWS", NEWS, ts="1699.5 notice:ent_3"),
        posting("begun:D0BOB", ChannelId("D0BOB"), ts=""),
    ]

    doubts = list(in_doubt([posting("card"), posting("notice:ent_3", OLD), *begun]))

    assert doubts == [begun[1]]


def test_a_canvas_is_in_doubt_where_one_was_begun_and_none_is_known() -> None:
    lost = posting("postmortem.before:C0OLD", ts="F1 F2")
    written = posting("postmortem.before:C0NEWS", NEWS, ts="")
    refused = posting("postmortem.before:C0OWN", ChannelId(""), ts="")
    of_earlier_versions = posting("postmortem.before", OWN, ts="")
    known = posting("left:postmortem.canvas:F9", NEWS, ts="F9")

    doubts = list(in_doubt([lost, written, refused, of_earlier_versions, known]))

    assert doubts == [lost]


def test_doubts_are_settled_when_nothing_is_on_its_way_any_more() -> None:
    begun = posting("begun:C0NEWS", NEWS, ts=" announcement")

    rounds = [one("ent_1", noted(begun)) for one in (early_round, last_round)]

    assert [keys(one) for one in rounds] == [[], ["C0NEWS: announcement"]]


def test_a_channel_that_was_deleted_is_not_looked_at() -> None:
    events = (linked(OLD), befell(ChannelFate.DELETED), linked(OWN))

    round = last_round("ent_1", noted(posting("card"), posting("card", NEWS), events=events))

    assert (round.channels, list(round.left)) == ([NEWS], [])


def test_channels_that_it_left_are_put_away_at_last() -> None:
    events = (linked(OLD), befell(ChannelFate.RENAMED), linked(OWN))

    rounds = [one("ent_1", noted(events=events)) for one in (early_round, last_round)]

    assert [list(one.left) for one in rounds] == [[], [OLD]]
    assert rounds[1].channels == [OLD]


def test_channels_that_it_left_are_closed_while_others_are_still_to_be_told() -> None:
    events = (linked(OLD), linked(OWN))
    card, line = posting("card"), posting("digest:ent_0", NEWS, "1700.5")
    begun = posting("begun:C0OLD", ts=" notice:ent_0")
    now = noted(card, line, begun, events=events)

    closing, early = closing_round("ent_1", now), early_round("ent_1", now, closing=True)

    assert (keys(closing), closing.left) == (["C0OLD:1700.1", "C0OLD: notice:ent_0"], [OLD])
    assert (keys(early), early.channels) == (["C0NEWS:1700.5"], [NEWS])


def test_what_was_closed_is_not_looked_at_again() -> None:
    events = (linked(OLD), linked(OWN))
    card = posting("card")
    mark = closing_round("ent_1", noted(card, events=events)).mark
    done = [posting(noted_as(card), ts=mark), posting(put_away_as(OLD), ts=mark)]

    rounds = [one("ent_1", noted(card, events=events, taken_back=done)) for one in ROUNDS]

    assert [(keys(one), list(one.left)) for one in rounds] == [([], [])] * 3


def test_what_was_refused_when_it_was_closed_is_tried_again_in_the_end() -> None:
    events = (linked(OLD), linked(OWN))
    card = posting("card")
    refused = closing_round("ent_1", noted(card, events=events)).refused
    done = [posting(noted_as(card), ts=refused), posting(put_away_as(OLD), ts=refused)]
    now = noted(card, events=events, taken_back=done)

    again, last = closing_round("ent_1", now), last_round("ent_1", now)

    assert (keys(again), list(again.left)) == ([], [])
    assert (keys(last), list(last.left)) == (["C0OLD:1700.1"], [OLD])


def test_a_channel_that_it_left_loses_its_name_at_once_and_once() -> None:
    events = (linked(OLD), linked(OWN))

    early = early_round("ent_1", noted(events=events))
    done = [posting(renamed_as(OLD), ts=early.mark)]
    again = early_round("ent_1", noted(events=events, taken_back=done))

    assert (list(early.renamed), early.channels) == ([OLD], [OLD])
    assert (list(again.renamed), again.channels) == ([], [])


def test_messages_between_two_are_no_channels() -> None:
    bob = ChannelId("D0BOB")

    round = last_round("ent_1", noted(posting("follow:U1:ent_1", bob), posting("card")))

    assert (round.direct, round.channels) == ([bob], [OLD])
