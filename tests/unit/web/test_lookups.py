"""Look-ups are remembered for a second, and no longer."""

from bot.credentials import hash_of
from bot.web.lookups import MOST, Lookup


class Book:
    """Who is asked, and how often; `now` is the time that has elapsed."""

    def __init__(self, **owners: str) -> None:
        self.owners = {hash_of(secret): owner for secret, owner in owners.items()}
        self.asked = 0
        self.now = 0.0
        self.lookup = Lookup(self._ask, elapsed=lambda: self.now, lifetime=1.0)

    async def _ask(self, hash: str) -> str | None:
        self.asked += 1
        return self.owners.get(hash)


async def test_the_second_question_within_a_second_is_not_asked() -> None:
    book = Book(key="alice")

    found = [await book.lookup.find("key") for _ in range(3)]

    assert (found, book.asked) == (["alice"] * 3, 1)


async def test_after_a_second_it_is_asked_again() -> None:
    book = Book(key="alice")
    await book.lookup.find("key")

    book.owners.clear()
    book.now = 1.0

    assert await book.lookup.find("key") is None


async def test_what_was_not_found_may_be_there_a_moment_later() -> None:
    book = Book()
    before = await book.lookup.find("key")

    book.owners[hash_of("key")] = "alice"

    assert (before, await book.lookup.find("key")) == (None, "alice")


async def test_a_secret_of_strange_characters_is_nobodys() -> None:
    book = Book()

    found = [await book.lookup.find(secret) for secret in ("Müller", "\udcff")]

    assert (found, book.asked) == ([None, None], 0)


async def test_only_so_many_are_remembered() -> None:
    names = [f"key{number}" for number in range(MOST + 1)]
    book = Book(**dict.fromkeys(names, "alice"))
    for name in names:
        await book.lookup.find(name)

    await book.lookup.find(names[-1])
    await book.lookup.find(names[0])

    assert book.asked == MOST + 2
