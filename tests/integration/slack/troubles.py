"""The words in which rows of troubles are told: what goes wrong, what people do, what is seen."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeAlias

from sandbox.conversation.card import Card
from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from tests.integration.slack.channels import in_person, in_thread, now_is
from tests.integration.slack.stage import Stage


@dataclass(slots=True, kw_only=True)
class Play:
    """`room` is the channel of INC-1, as soon as there is one; `refused` what forms were told."""

    stage: Stage
    room: Room
    refused: list[str] = field(default_factory=list)

    def person(self, name: str) -> Person:
        return self.stage.sandbox.person(name)

    async def there(self, channel: str) -> Room:
        return await self.stage.room(channel) if channel else await self.room.fresh()


Act: TypeAlias = Callable[[Play], Awaitable[Any]]
Look: TypeAlias = Callable[[Play], Awaitable[None]]
"""Fails with what there is instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """One row: `wrong` sets the fault up, `people` act, and `seen` must hold afterwards.

    INC-1 is declared by Alice before, with Bob in its channel, unless it is `undeclared`.
    """

    name: str
    wrong: tuple[Act, ...]
    people: tuple[Act, ...]
    seen: tuple[Look, ...]
    undeclared: bool = False


def fault(target: str, kind: str, **rule: Any) -> Act:
    return lambda play: play.stage.sandbox.fault(target, kind, **rule)


def workspace(**settings: Any) -> Act:
    """Its administrators decide something."""
    return lambda play: play.stage.sandbox.settings(**settings)


def token(**changes: Any) -> Act:
    return lambda play: play.stage.sandbox.token("bot", **changes)


def types(text: str, who: str = "alice", channel: str = "") -> Act:
    async def act(play: Play) -> None:
        await play.person(who).types(await play.there(channel), text)

    return act


def presses(label: str, who: str = "alice", on: str = "") -> Act:
    """On the message with these words, otherwise on the card."""

    async def act(play: Play) -> None:
        card = await (play.room.message(on) if on else play.stage.card(play.room))
        await play.person(who).clicks(card, label)

    return act


def opens(text: str, words: str, who: str = "alice") -> Act:
    """A form, by a command."""

    async def act(play: Play) -> None:
        await types(text, who)(play)
        await (await play.person(who).modal()).containing(words)

    return act


def submits(fields: dict[str, Any], who: str = "alice") -> Act:
    """The form in front, filled in so."""

    async def act(play: Play) -> None:
        form = await play.person(who).modal()
        await form.fill(fields)
        answer = await form.submit()
        play.refused += (answer.get("errors") or {}).values()

    return act


def at_once(*acts: Act) -> Act:
    async def act(play: Play) -> None:
        await asyncio.gather(*(one(play) for one in acts))

    return act


async def settles(play: Play) -> None:
    await play.stage.sandbox.settled()
    await play.stage.settled()


def until(words: str) -> Act:
    """What nobody waits for otherwise is in the channel."""
    return lambda play: play.room.message(words)


def later(**span: float) -> Act:
    return lambda play: play.stage.passes(timedelta(**span))


def says(words: str, who: str = "bob") -> Act:
    return types(words, who)


def with_message(words: str, act: Callable[[Person, Card], Awaitable[Any]], who: str) -> Act:
    """Something that somebody does with what was said."""

    async def done(play: Play) -> None:
        await act(play.person(who), await play.room.message(words))

    return done


def channel_reads(words: str, times: int = 1) -> Look:
    """Beside the card, which repeats much of it."""

    async def look(play: Play) -> None:
        texts = [card.words for card in await play.room.messages() if not card.is_pinned]
        assert _count(words, texts) == times, texts

    return look


def files_below(words: str, *names: str) -> Look:
    """In the thread of the message with these words."""

    async def look(play: Play) -> None:
        replies = await play.room.thread(await play.room.message(words))
        files = [file["name"] for reply in replies for file in reply.wire.get("files", ())]
        assert files == [*names], files

    return look


def thread_reads(words: str, times: int = 1) -> Look:
    """Below the announcement."""

    async def look(play: Play) -> None:
        texts = await in_thread(play.stage)
        assert _count(words, texts) == times, texts

    return look


def reads_in_person(who: str, words: str, times: int = 1) -> Look:
    async def look(play: Play) -> None:
        texts = await in_person(play.stage, who)
        assert _count(words, texts) == times, texts

    return look


def is_answered(who: str, words: str, channel: str = "") -> Look:
    """What only they see."""

    async def look(play: Play) -> None:
        await play.person(who).ephemeral(await play.there(channel), words)

    return look


def one_of_them_reads(words: str) -> Look:
    """Of Alice and Bob only one, alone: whoever came late."""

    async def look(play: Play) -> None:
        people = [play.person(who) for who in ("alice", "bob")]
        texts = [one.words for who in people for one in await who.ephemerals(play.room)]
        assert _count(words, texts) == 1, texts

    return look


def is_refused(*sentences: str) -> Look:
    """At the fields of forms, one after the other."""

    async def look(play: Play) -> None:
        assert play.refused == [*sentences], play.refused

    return look


def card_says(words: str) -> Look:
    async def look(play: Play) -> None:
        assert words in (await play.stage.card(play.room)).words

    return look


def incident_is(**facts: Any) -> Look:
    """As stored."""

    async def look(play: Play) -> None:
        incident = (await now_is(play.stage)).incident
        assert {name: getattr(incident, name) for name in facts} == facts

    return look


async def nothing_is_given_up(play: Play) -> None:
    assert [kind for kind, outcome in play.stage.outcomes if outcome == "buried"] == []


def _count(words: str, texts: list[str]) -> int:
    return len([text for text in texts if words in text])
