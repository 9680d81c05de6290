"""What is said in the language spoken now, and in English where that has no word for it."""

import asyncio
from enum import StrEnum

import pytest

from core.domain.account import Role, UserState
from core.domain.choice_words import NOTED, capital, labelled, worded
from core.domain.maintenance import MaintenanceState
from core.domain.severity import Severity
from core.domain.state import Phase, State
from core.domain.stored_words import all_said_again, said_again
from core.domain.wording import because
from core.language import Catalogue, known, language, say, say_many, speaking

GERMAN = Catalogue(
    language="de",
    templates={
        "{who} took {what}.": "{what} hat {who} übernommen.",
        "{count} alert": "{count} Alarm",
        "{count} alerts": "{count} Alarme",
        "by {who} until {until}": "bis {until} durch {who}",
        "same service {service}": "derselbe Dienst {service}",
        "resolved by {fix}": "behoben durch {fix}",
        "in progress": "im Gange",
    },
)


def test_a_template_is_filled_in_after_it_was_translated() -> None:
    with speaking(GERMAN):
        said = say("{who} took {what}.", who="Alice", what="INC-1")

    assert said == "INC-1 hat Alice übernommen."
    assert say("{who} took {what}.", who="Alice", what="INC-1") == "Alice took INC-1."


def test_what_the_catalogue_lacks_is_said_in_english() -> None:
    with speaking(GERMAN):
        assert say("{who} left.", who="Alice") == "Alice left."


def test_one_and_several_have_words_of_their_own() -> None:
    with speaking(GERMAN):
        said = [say_many("{count} alert", "{count} alerts", count) for count in (0, 1, 2)]

    assert said == ["0 Alarme", "1 Alarm", "2 Alarme"]


def test_braces_in_what_people_wrote_stay_theirs() -> None:
    with speaking(GERMAN):
        assert known("{who} is {what") == "{who} is {what"
        assert say("{who} took {what}.", who="{what}", what="{0}") == "{0} hat {what} übernommen."


async def test_a_task_goes_on_in_the_language_in_which_it_was_begun() -> None:
    begun = asyncio.Event()

    async def later() -> str:
        await begun.wait()
        return language()

    with speaking(GERMAN):
        task = asyncio.create_task(later())
    begun.set()

    assert await task == "de"
    assert language() == "en"


@pytest.mark.parametrize("choices", [State, Phase, Severity, MaintenanceState, Role, UserState])
def test_every_word_of_a_closed_list_is_noted(choices: type[StrEnum]) -> None:
    assert {str(choice).replace("_", " ") for choice in choices} <= {*NOTED}


def test_a_choice_stands_in_a_sentence_and_alone() -> None:
    with speaking(GERMAN):
        assert worded(MaintenanceState.IN_PROGRESS) == "im Gange"
        assert labelled(MaintenanceState.IN_PROGRESS) == "Im Gange"
    assert labelled(MaintenanceState.IN_PROGRESS) == "In progress"
    assert capital("") == ""


def test_a_note_that_was_stored_is_recognised_by_its_form() -> None:
    with speaking(GERMAN):
        assert said_again("by Alice until noon") == "bis noon durch Alice"
        assert said_again("Somebody's own words") == "Somebody's own words"
    assert said_again("by Alice until noon") == "by Alice until noon"


def test_several_notes_are_said_again_each_by_itself() -> None:
    with speaking(GERMAN):
        said = all_said_again("same service Checkout, whatever; resolved by a restart, at last")

    assert said == "derselbe Dienst Checkout, whatever; behoben durch a restart, at last"


def test_what_people_gave_as_a_reason_stays_in_their_words() -> None:
    with speaking(Catalogue(language="de", templates={"Done": "Erledigt"})):
        assert because("Over.", "Over: {reason}", "Done") == "Over: Done"


def test_a_reason_of_tocsins_own_is_said_again() -> None:
    ended = "All its alerts have ended at the source."

    with speaking(Catalogue(language="de", templates={ended: "Alle sind vorbei."})):
        assert because("Over.", "Over: {reason}", ended) == "Over: Alle sind vorbei."
