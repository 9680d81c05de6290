"""What comes after a press or a typed line: words for one person alone, or a form."""

from collections.abc import Awaitable, Callable

from sandbox.conversation.card import Card
from sandbox.conversation.control import wait_for
from sandbox.conversation.person import Person
from sandbox.conversation.room import Room

Act = Callable[[], Awaitable[object]]


async def answer_to(act: Act, person: Person, room: Room, words: str) -> Card:
    """The message with these words that did not say so before `act`; Slack shows an answer that
    replaces a question in its place."""
    before = [_seen(card) for card in await _read(person, room, words)]
    await act()

    async def look() -> Card | None:
        found = [card for card in await _read(person, room, words) if _seen(card) not in before]
        return found[-1] if found else None

    return await wait_for(look, f"An answer with {words!r} for {person.name}")


async def closed(person: Person, words: str) -> None:
    """The form with these words, looked at and put away."""
    await (await person.modal(words)).close()


async def _read(person: Person, room: Room, words: str) -> list[Card]:
    return [card for card in await person.ephemerals(room) if words in card.words]


def _seen(card: Card) -> tuple[str, str]:
    return card.ts, card.words
