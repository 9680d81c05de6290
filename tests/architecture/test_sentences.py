"""Every sentence for people is said, in whole, and can be said in every language there is."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from bot.languages import CATALOGUES, catalogue_of
from core.domain.incident_settings import LANGUAGES
from core.language import ENGLISH
from tests.architecture.repository import modules
from tests.architecture.sentences import bare_sentences, everything_said, placeholders, templates

OTHERS = sorted(LANGUAGES.keys() - {ENGLISH.language})

# What nobody reads in Slack, or reads before anybody can know of which organisation they are.
# Module → whom it is for.
UNSAID: dict[str, str] = {
    "bot/slack/door.py": "whoever sends what Slack does not",
    "bot/slack/oauth.py": "the browser of whoever installs the app",
}
HEARD = {"thank you"}
"""What people say to Tocsin."""


def read(code: str) -> Catalog:
    with (CATALOGUES / f"{code}.po").open("rb") as file:
        return read_po(file, locale=code)


def test_a_sentence_is_never_put_together_from_pieces() -> None:
    pieces = [said.where for said in everything_said() if not said.whole]

    assert pieces == []


def test_a_sentence_is_given_what_stands_in_its_braces_and_nothing_else() -> None:
    wrong = [
        said.where
        for said in everything_said()
        if said.given is not None
        and said.templates
        and said.function in ("say", "say_many")
        and said.given | {"count"} != set().union(*map(placeholders, said.templates)) | {"count"}
    ]

    assert wrong == []


def test_nothing_that_people_read_in_slack_is_left_unsaid() -> None:
    bare = [
        line
        for module in modules("bot")
        if module.is_relative_to("bot/slack") and str(module) not in UNSAID
        for line in bare_sentences(module)
        if line.partition(": ")[2] not in HEARD
    ]

    assert bare == []


def test_no_module_is_listed_that_says_everything() -> None:
    assert [name for name in UNSAID if not [*bare_sentences(Path(name))]] == []


def test_every_language_has_a_catalogue_and_every_catalogue_a_language() -> None:
    assert sorted(path.stem for path in CATALOGUES.glob("*.po")) == OTHERS


@pytest.mark.parametrize("code", OTHERS)
def test_a_catalogue_has_every_sentence(code: str) -> None:
    assert sorted(templates().keys() - catalogue_of(code).templates.keys()) == []


@pytest.mark.parametrize("code", OTHERS)
def test_a_catalogue_has_no_sentence_that_nobody_says(code: str) -> None:
    stale = [str(one.id) for one in read(code) if one.id and one.id not in templates()]

    assert stale == []


@pytest.mark.parametrize("code", OTHERS)
def test_no_translation_is_unsure(code: str) -> None:
    assert [str(one.id) for one in read(code) if one.fuzzy and one.id] == []


@pytest.mark.parametrize("code", OTHERS)
def test_a_translation_fills_in_the_same_as_the_sentence(code: str) -> None:
    wrong = [
        said
        for template, said in catalogue_of(code).templates.items()
        if placeholders(template) != placeholders(said)
    ]

    assert wrong == []


def test_german_quotes_in_its_own_way_alone() -> None:
    foreign = [said for said in catalogue_of("de").templates.values() if "”" in said]

    assert foreign == []


@pytest.mark.parametrize("code", OTHERS)
def test_a_translation_keeps_what_people_type_as_it_is(code: str) -> None:
    wrong = [
        said
        for template, said in catalogue_of(code).templates.items()
        if _typed(template) != _typed(said)
    ]

    assert wrong == []


def _typed(text: str) -> list[tuple[str, str]]:
    """The command lines in quotes of whichever language, and what stands in code."""
    return sorted(re.findall(r"[“„](/[^”“]*)[”“]|`([^`]*)`", text))
