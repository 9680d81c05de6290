"""Shortcuts: declared from anywhere, and from what somebody wrote."""

from tests.integration.slack.stage import Stage


async def test_the_global_shortcut_opens_the_form_and_answers_in_person(stage: Stage) -> None:
    await stage.alice.uses_shortcut("incident.declare")
    form = await stage.alice.modal("What is wrong?")

    await form.fill({"What is wrong?": "Search is slow"})
    await form.submit()
    await stage.settled()

    assert await stage.announcement("Search is slow")
    direct = await stage.alice.opens_dm()
    assert await direct.message("INC-1 “Search is slow” is declared.")


async def test_a_message_becomes_title_and_description_of_an_incident(stage: Stage) -> None:
    general = await stage.room("general")
    await stage.bob.types(general, "Checkout answers 500\nsince the last release")
    message = await general.message("Checkout answers 500")

    await stage.alice.uses_shortcut("incident.declare_from", message)
    form = await stage.alice.modal("What is wrong?")

    assert form.values["What is wrong?"] == "Checkout answers 500"
    assert "since the last release" in str(form.values)
    assert "From a message of Bob Brook: https://" in str(form.values)


async def test_hostile_words_of_a_message_stay_words(stage: Stage) -> None:
    general = await stage.room("general")
    await stage.bob.types(general, "<!channel> *all* is <https://evil.example|fine>")
    message = await general.message("is")
    await stage.alice.uses_shortcut("incident.declare_from", message)
    form = await stage.alice.modal("What is wrong?")

    await form.submit()
    await stage.settled()

    assert await stage.announcement("*all* is")


async def test_a_message_that_slack_does_not_show_to_tocsin_is_a_beginning_without_a_link(
    stage: Stage,
) -> None:
    general = await stage.room("general")
    await stage.bob.types(general, "Checkout answers 500")
    message = await general.message("Checkout answers 500")
    await stage.sandbox.fault("chat.getPermalink", "error", error="channel_not_found")

    await stage.alice.uses_shortcut("incident.declare_from", message)
    form = await stage.alice.modal("What is wrong?")

    assert form.values["What is wrong?"] == "Checkout answers 500"
    assert "From a message of Bob Brook." in str(form.values)
