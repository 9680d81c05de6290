"""Commands typed where no incident is meant: it is asked which one, and the button goes on."""

from functools import partial

from core.domain.severity import Severity
from core.domain.state import State
from sandbox.conversation.room import Room
from tests.integration.slack.answers import answer_to, closed
from tests.integration.slack.channels import now_is
from tests.integration.slack.stage import Stage

ASKED = "Which incident? Choose one"

SAID = {
    "severity high": "INC-1 is High (SEV2).",
    "assign me": "INC-1 is yours.",
    "lead me": "You are Incident Lead of INC-1 now.",
    "role scribe me": "You are Scribe of INC-1 now.",
    "show": "Search is slow",
    "alerts": "INC-1 has no alerts to show.",
    "similar": "Nothing is known that looks like INC-1.",
    "task Roll back": "“Roll back” is task 1 of INC-1",
    "tasks": "One task of INC-1 is open",
    "tasks done 1": "The task “Roll back” is done.",
    "note Called the vendor": "Your note is in the timeline of INC-1.",
    "timeline": "Called the vendor",
    "subscribe": "You follow INC-1 now",
    "unsubscribe": "You do not follow INC-1 any more.",
    "export json": "The export of INC-1 is in your messages with Tocsin",
    "snooze 1h": "INC-1 is snoozed until",
    "resolve Restarted it": "You resolved INC-1.",
    "reopen": "You reopened INC-1.",
    "resolve Restarted it again": "You resolved INC-1.",
    "postmortem": "INC-1",
}
"""What is typed, and the words that come once the incident is chosen: one after the other."""

FORMS = {
    "role": "Incident Lead",
    "lead": "Incident Lead",
    "edit": "What is wrong?",
    "service": "There are no services yet",
    "private": "Who may know of it?",
}
"""What is typed, and the form that opens once the incident is chosen."""

FIELDS = ("update", "severity", "resolve", "task", "note", "link", "merge", "export", "cancel")
"""Forms of which the first question is which incident."""


async def chosen(stage: Stage, room: Room, typed: str) -> None:
    """Typed by Alice, asked back, and the button of the only incident pressed."""
    typing = partial(stage.alice.types, room, f"/incident {typed}")
    question = await answer_to(typing, stage.alice, room, ASKED)
    [label] = question.buttons
    await stage.alice.clicks(question, label)


async def test_whatever_is_typed_elsewhere_goes_on_with_the_incident_chosen(stage: Stage) -> None:
    await stage.declares("Search is slow")
    general = await stage.room("general")

    for typed, words in SAID.items():
        choosing = partial(chosen, stage, general, typed)
        assert await answer_to(choosing, stage.alice, general, words), typed

    await stage.settled()
    incident = (await now_is(stage)).incident
    assert (incident.state, incident.severity) == (State.RESOLVED, Severity.HIGH)


async def test_forms_open_for_the_incident_chosen_or_ask_for_it_themselves(stage: Stage) -> None:
    await stage.declares("Search is slow")
    general = await stage.room("general")

    for typed, words in FORMS.items():
        await chosen(stage, general, typed)
        await closed(stage.alice, words)
    for typed in FIELDS:
        await stage.alice.types(general, f"/incident {typed}")
        form = await stage.alice.modal("Which incident?")
        assert form.labels[0] == "Which incident?", typed
        await form.close()
    await stage.alice.types(general, "/incident unlink")
    assert await stage.alice.ephemeral(general, "Which incident?")

    await stage.settled()


async def test_where_there_is_no_incident_to_choose_it_is_said(stage: Stage) -> None:
    general = await stage.room("general")

    for typed in ("postmortem", "timeline", "ack"):
        await stage.alice.types(general, f"/incident {typed}")
        told = f"“/incident {typed}” is about an incident, and there is none to choose from."
        assert await stage.alice.ephemeral(general, told)
