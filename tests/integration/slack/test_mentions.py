"""Writing to Tocsin in plain words: mentioned in a channel, or in person."""

from tests.integration.slack.stage import Stage


async def test_a_mention_in_a_channel_acts_like_the_command_for_whoever_wrote_it(
    stage: Stage,
) -> None:
    room = await stage.declares("Search is slow")

    await stage.alice.types(room, "@tocsin ack")

    assert await stage.alice.ephemeral(room, "You acknowledged INC-1.")
    await stage.settled()


async def test_a_mention_without_words_is_answered_with_help(stage: Stage) -> None:
    room = await stage.declares("Search is slow")

    await stage.alice.types(room, "Hey @tocsin!")

    assert await stage.alice.ephemeral(room, "/incident declare TEXT")


async def test_a_mention_that_takes_a_form_is_answered_with_a_button_for_it(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    await stage.alice.types(room, "@tocsin update")

    await stage.alice.clicks(await stage.alice.ephemeral(room, "takes a form"), "Open the form")

    assert await stage.alice.modal("What is the news?")


async def test_a_mention_in_a_thread_is_answered_in_the_thread(stage: Stage) -> None:
    room = await stage.declares("Search is slow")
    question = await stage.alice.replies(await stage.card(room), "What now?")
    await stage.alice.types(room, "@tocsin list", thread=question)

    own = await stage.alice.sees(room)
    assert await own.reply(await stage.card(room), "1 active incident")


async def test_a_word_nobody_knows_is_answered_with_what_would_be_understood(stage: Stage) -> None:
    room = await stage.declares("Search is slow")

    await stage.alice.types(room, "@tocsin resovle")

    assert await stage.alice.ephemeral(room, "Did you mean “/incident resolve”?")


async def test_in_person_commands_are_understood_without_a_slash(stage: Stage) -> None:
    direct = await stage.alice.opens_dm()

    await stage.alice.types(direct, "declare sev2 Checkout is down")
    await stage.settled()

    assert await direct.message("INC-1 “Checkout is down” is declared.")


async def test_in_person_a_greeting_is_answered_with_help(stage: Stage) -> None:
    direct = await stage.alice.opens_dm()

    await stage.alice.types(direct, "Hello!")

    assert await direct.message("/incident declare TEXT")


async def test_in_person_maintenance_is_spoken_of_too(stage: Stage) -> None:
    direct = await stage.alice.opens_dm()

    await stage.alice.types(direct, "maintenance list")

    assert await direct.message("/maintenance")


async def test_what_was_told_twice_is_answered_once(stage: Stage) -> None:
    direct = await stage.alice.opens_dm()
    await stage.sandbox.fault("delivery:event:message.im", "duplicate")

    await stage.alice.types(direct, "hello")
    await direct.message("/incident declare TEXT")
    await stage.settled()

    answers = [one for one in await direct.messages() if "/incident declare TEXT" in one.words]
    assert len(answers) == 1
