"""What may stand behind a command, typed where the incident or the maintenance is implied."""

from functools import partial

from core.domain.state import State
from tests.fakes.people import hire
from tests.integration.slack.answers import answer_to, closed
from tests.integration.slack.channels import declared, now_is
from tests.integration.slack.stage import Stage
from tests.integration.slack.windows import a_service, scheduled

SAID = {
    "assign me": "INC-1 is yours.",
    "role communications @bob": "Bob Brook is Communications",
    "role communications nobody": "of INC-1 is nobody now.",
    "assign @bob": "INC-1 is assigned to Bob Brook.",
    "service add Payments API": "INC-1 affects Payments API.",
    "service remove Payments API": "INC-1 does not affect Payments API any more.",
    "subscribe service Payments API here": "This channel follows Payments API now.",
    "unsubscribe service Payments API here": "This channel does not follow Payments API any more.",
    "subscribe high": "You follow High (SEV2) now",
    "unsubscribe high": "You do not follow High (SEV2) any more.",
    "link INC-2": "INC-1 and INC-2 are linked.",
    "unlink INC-2": "INC-1 and INC-2 are not linked any more.",
    "timeline INC-2": "The timeline of INC-2 has",
    "alerts INC-2 firing": "INC-2 has no alert that fires.",
    "task Call the provider by 14:30": "“Call the provider” is task 1 of INC-1",
    "task Raise the pool size @bob due tomorrow": "“Raise the pool size” is task 2 of INC-1",
    "tasks done #2": "The task “Raise the pool size” is done.",
    "snooze until 09:00": "INC-1 is snoozed until",
    "resolve Rolled back.": "You resolved INC-1.",
    "reopen The errors are back.": "You reopened INC-1.",
    "help task": "/incident task [INC-n] [TEXT] [@somebody] [due WHEN]",
    "tasks help": "/incident tasks [INC-n] [done NUMBER]",
    "INC-2": "INC-2 “Other” is open",
}
"""Behind “/incident”, and the words that come: one after the other."""


async def test_everything_that_may_stand_behind_a_command_is_understood(stage: Stage) -> None:
    await hire(stage.bus, stage.organization_id, "Alice Archer")
    room = await stage.declares("Search is slow")
    await a_service(stage, "Payments API")
    await declared(stage, "Other")

    for typed, words in SAID.items():
        typing = partial(stage.alice.types, room, f"/incident {typed}")
        assert await answer_to(typing, stage.alice, room, words), typed

    await stage.settled()
    assert (await now_is(stage)).incident.state is State.OPEN
    assert await room.message("The errors are back.")


async def test_several_people_are_let_in_at_once(stage: Stage) -> None:
    room = await stage.declares("Payroll leaked")

    await stage.alice.types(room, "/incident private add @bob and @carol")
    await stage.settled()

    told = await stage.alice.ephemeral(room, "INC-1 is private.")
    assert "Bob Brook" in told.words
    assert "Carol" in told.words


async def test_without_a_time_or_words_maintenance_opens_its_forms(stage: Stage) -> None:
    await scheduled(stage)
    general = await stage.room("general")
    await stage.alice.types(general, "/maintenance start MNT-1")

    await stage.alice.types(general, "/maintenance extend")
    await closed(stage.alice, "MNT-1")
    await stage.alice.types(general, "/maintenance update")
    await closed(stage.alice, "What is the news?")

    await stage.settled()
