"""What is said of an incident in others goes without its name once it is private."""

from dataclasses import dataclass

from slack_sdk.web.async_client import AsyncWebClient

from core.commands.together import ChangeMembers, LinkIncidents, MergeIncident
from core.domain.actor import Caller
from core.domain.ids import UserId
from core.domain.incident import Incident
from sandbox.conversation.room import Room
from tests.fakes.people import hire
from tests.integration.slack.channels import (
    decided,
    declared,
    executed,
    in_person,
    is_said,
    room_of,
)
from tests.integration.slack.stage import Stage

SECRET = "Payroll leaked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """INC-1, which stays public, and INC-2."""

    alice: Caller
    public: Incident
    secret: Incident


async def a_pair(stage: Stage) -> Pair:
    alice = await hire(stage.bus, stage.organization_id, "Alice Archer")
    public = await declared(stage, "Search is slow", caller=alice)
    secret = await declared(stage, SECRET, caller=alice)
    return Pair(alice=alice, public=public, secret=secret)


async def turned(stage: Stage, pair: Pair, *, private: bool = True) -> None:
    wish = ChangeMembers(caller=pair.alice, incident_id=pair.secret.id, private=private)
    await executed(stage, wish)


async def linked(stage: Stage, pair: Pair) -> None:
    one, other = pair.public.id, pair.secret.id
    await executed(stage, LinkIncidents(caller=pair.alice, incident_id=one, other_id=other))


async def words_of_all(stage: Stage) -> list[str]:
    """In public, threads as well."""
    rooms = [room for room in await stage.sandbox.channels() if not room.wire["is_private"]]
    said = [(room, card) for room in rooms for card in await room.messages()]
    every = [one for room, card in said for one in (card, *await room.thread(card))]
    return [card.words for card in every]


async def words_in(room: Room) -> list[str]:
    return [card.words for card in await (await room.fresh()).messages()]


async def test_the_line_about_the_link_card_and_announcement_lose_its_name(stage: Stage) -> None:
    pair = await a_pair(stage)
    await linked(stage, pair)
    room = await room_of(stage, "INC-1")
    before = await words_in(room)

    await turned(stage, pair)

    after = await words_in(room)
    announced = (await stage.announcement("INC-1")).words
    assert is_said("linked INC-2 to the incident", before)
    assert is_said(SECRET, before)
    assert is_said("Alice Archer linked another incident.", after)
    assert not is_said("INC-2", [*after, announced])
    assert not is_said(SECRET, [*after, announced])


async def test_visible_again_the_card_shows_it_again(stage: Stage) -> None:
    pair = await a_pair(stage)
    await linked(stage, pair)
    await turned(stage, pair)

    await turned(stage, pair, private=False)

    assert SECRET in (await stage.card(await room_of(stage, "INC-1"))).words


async def test_what_was_merged_into_it_says_so_without_its_name(stage: Stage) -> None:
    await decided(stage, digest_channel="general")
    pair = await a_pair(stage)
    await stage.bob.types(await room_of(stage, "INC-1"), "/incident subscribe")
    await stage.settled()
    merge = MergeIncident(caller=pair.alice, incident_id=pair.public.id, into_id=pair.secret.id)
    await executed(stage, merge)
    told = await in_person(stage, "bob")

    await turned(stage, pair)

    said = await words_of_all(stage)
    assert is_said("merged the incident into INC-2", told)
    assert is_said("merged the incident into another one", await in_person(stage, "bob"))
    assert is_said("merged the incident into another one", said)
    assert not is_said("INC-2", [words for words in said if "INC-1" in words])


async def test_whoever_is_in_a_private_channel_may_not_know_of_another_private_one(
    stage: Stage,
) -> None:
    pair = await a_pair(stage)
    await linked(stage, pair)
    bob = await hire(stage.bus, stage.organization_id, "Bob Brook")
    bobs = ChangeMembers(
        caller=pair.alice, incident_id=pair.public.id, private=True, add=(_id(bob),)
    )
    await executed(stage, bobs)

    await turned(stage, pair)

    assert not is_said("INC-2", await words_in(await room_of(stage, "INC-1")))


async def test_what_was_said_again_is_not_said_once_more(stage: Stage) -> None:
    pair = await a_pair(stage)
    await linked(stage, pair)
    await turned(stage, pair)
    await turned(stage, pair, private=False)

    await turned(stage, pair)

    calls = await stage.sandbox.journal("api_call")
    edits = [call["args"]["text"] for call in calls if call["method"] == "chat.update"]
    assert len([text for text in edits if "linked another incident" in text]) == 1


def _id(caller: Caller) -> UserId:
    assert caller.actor.user_id
    return caller.actor.user_id


async def test_an_announcement_that_somebody_deleted_is_not_posted_again(stage: Stage) -> None:
    pair = await a_pair(stage)
    await linked(stage, pair)
    announcement = await stage.announcement("INC-1")
    client = AsyncWebClient(token=stage.sandbox.bot_token, base_url=stage.sandbox.api_url)
    await client.chat_delete(channel=announcement.wire["channel"], ts=announcement.ts)

    await turned(stage, pair)

    said = await words_in(await stage.room("incidents"))
    assert not is_said("Search is slow", said)


async def test_nobody_is_troubled_with_old_messages_that_cannot_be_edited(stage: Stage) -> None:
    pair = await a_pair(stage)
    await linked(stage, pair)
    stage.outcomes.clear()
    await stage.sandbox.fault("chat.update", "error", error="edit_window_closed", times=0)

    await turned(stage, pair)

    assert ("RefreshMentions", "delivered") in stage.outcomes
    assert not is_said("of INC-1", await in_person(stage, "alice"))
