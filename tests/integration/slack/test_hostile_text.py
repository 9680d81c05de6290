"""Nothing a person types comes back as a mention, a link or a broadcast, whatever way it came in.

The sandbox's referee looks for it in every message, view, topic and answer, and judges at the end
of each test.
"""

import pytest

from sandbox.conversation.card import Card
from sandbox.conversation.room import Room
from sandbox.facts.hostile_texts import LETTERS, MARKUP, MENTIONS
from tests.integration.slack.stage import Stage

INVISIBLE = {"only_invisible", "only_blank"}
LONGEST_TITLE = 400
PLAIN = {**MARKUP, **LETTERS}
GROUPS = [sorted(set(PLAIN) - INVISIBLE)[start::6] for start in range(6)]


def line(text: str) -> str:
    """What fits into one line of a command and into a title."""
    return " ".join(text.split())[:LONGEST_TITLE]


async def all_is_delivered(stage: Stage) -> None:
    await stage.settled()
    await stage.sandbox.settled()
    assert "buried" not in {outcome for _, outcome in stage.outcomes}


async def declared_in_the_form(stage: Stage, text: str) -> Room:
    await stage.alice.types(await stage.room("general"), "/incident")
    form = await (await stage.alice.modal()).containing("What is wrong?")
    await form.fill({"What is wrong?": line(text), "How bad is it?": "High (SEV2)"})
    await form.fill({"Summary": text[:1_000]})
    answer = await form.submit()
    assert answer.get("errors") is None
    room = await stage.sandbox.channel_named("inc-")
    await stage.settled()
    return await room.fresh()


async def updated_in_the_form(stage: Stage, card: Card, text: str) -> None:
    await stage.bob.clicks(card, "Update")
    form = await (await stage.bob.modal()).containing("What is the news?")
    await form.fill({"Where do we stand?": "Identified", "What is the news?": text[:1_000]})
    await form.submit()


@pytest.mark.parametrize("name", MENTIONS)
async def test_a_mention_typed_into_a_command_is_only_text(stage: Stage, name: str) -> None:
    text = line(MENTIONS[name])
    room = await stage.declares(f"sev2 {text}")

    await stage.alice.types(room, f"/incident update {text}")
    await stage.alice.types(room, f"/incident {text}")
    await stage.alice.types(room, "/incident list")
    await stage.alice.types(room, f"/incident resolve {text}")
    await all_is_delivered(stage)

    assert "Resolved" in (await stage.card(room)).words


@pytest.mark.parametrize("name", MENTIONS)
async def test_a_mention_typed_into_a_form_is_only_text(stage: Stage, name: str) -> None:
    text = MENTIONS[name]
    room = await declared_in_the_form(stage, text)

    await updated_in_the_form(stage, await stage.card(room), text)
    await stage.alice.types(room, "/incident resolve")
    form = await (await stage.alice.modal()).containing("What fixed it?")
    await form.fill({"What fixed it?": text[:1_000]})
    await form.submit()
    await all_is_delivered(stage)

    assert "Resolved" in (await stage.card(room)).words


@pytest.mark.parametrize("name", MENTIONS)
async def test_a_mention_typed_beside_an_incident_stays_there(stage: Stage, name: str) -> None:
    room = await stage.declares("Search is slow")
    await stage.bob.joins(room)
    card = await stage.card(room)

    await stage.bob.types(room, MENTIONS[name])
    await stage.bob.types(room, MENTIONS[name], thread=card)
    await stage.bob.types(room, f"/incident update {line(MENTIONS[name])}")
    await stage.bob.types(room, "/incident list")
    await all_is_delivered(stage)

    assert len(await room.thread(card)) >= 1


@pytest.mark.parametrize("names", GROUPS, ids=lambda names: names[0])
async def test_odd_letters_and_markup_are_carried_as_they_are(
    stage: Stage, names: list[str]
) -> None:
    room = await stage.declares(line(PLAIN[names[0]]))
    card = await stage.card(room)

    for name in names:
        await stage.alice.types(room, f"/incident update {line(PLAIN[name])}")
        await updated_in_the_form(stage, card, PLAIN[name])
    await all_is_delivered(stage)

    assert ("PostUpdate", "delivered") in stage.outcomes


@pytest.mark.parametrize("name", sorted(INVISIBLE))
async def test_a_title_of_nothing_is_refused_where_it_was_typed(stage: Stage, name: str) -> None:
    await stage.alice.types(await stage.room("general"), "/incident")
    form = await (await stage.alice.modal()).containing("What is wrong?")
    await form.fill({"What is wrong?": PLAIN[name], "How bad is it?": "Low (SEV4)"})

    assert "title" in (await form.submit()).get("errors", {})
