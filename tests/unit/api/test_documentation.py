"""The pages for people say what the OpenAPI document says, and nothing gets in from its texts."""

from typing import Any

import pytest

from bot.api.documentation.entries import details, samples
from bot.api.documentation.markup import Markup, element, prose
from bot.api.documentation.pages import docs_page, redoc_page
from bot.api.documentation.reading import Entry, chapters
from bot.api.documentation.schemas import fields, shape
from tests.openapi_document import DOCUMENT, HOSTILE

SERVER = "https://tocsin.example.com"


def entry(summary: str) -> Entry:
    found = [each for one in chapters(DOCUMENT) for each in one.entries if each.summary == summary]
    assert len(found) == 1
    return found[0]


def test_chapters_come_in_the_order_of_the_tags_and_empty_ones_do_not() -> None:
    listed = chapters(DOCUMENT)

    assert [chapter.name for chapter in listed] == ["OpsKnight", "Overwatch", "Other"]
    assert listed[1].description == "Incidents."


def test_parameters_of_a_path_belong_to_each_of_its_methods() -> None:
    shown = entry("Show an incident")

    assert [parameter.name for parameter in shown.parameters] == ["id"]


def test_answers_are_followed_to_where_they_are_described() -> None:
    missing = entry("Show an incident").answers[1]

    assert missing.description == "There is no such thing."
    assert missing.contents[0].examples == {"Example": {"error": "Not found."}}


def test_what_needs_no_credential_says_so_and_the_rest_names_its_own() -> None:
    assert "Needs no credential." in details(entry("Take an event in"))
    assert "<code>bearer</code> or <code>apiKey</code>" in details(entry("Declare an incident"))
    assert "Needs a credential: <code>bearer</code>." in details(entry("Show an incident"))


def test_headers_that_are_asked_for_and_those_that_are_answered_are_named() -> None:
    assert "One request, however often it is sent." in details(entry("Declare an incident"))
    assert "Headers: <code>ETag</code>" in details(entry("Show an incident"))


def test_the_fields_of_a_body_are_told_once_however_many_forms_it_has() -> None:
    page = details(entry("Declare an incident"))

    assert "<code>application/json</code>" in page
    assert "<code>application/x-www-form-urlencoded</code>" in page
    assert page.count("<code>severity</code></th>") == 1


def test_a_request_can_be_pasted_into_a_shell() -> None:
    page = samples(entry("Declare an incident"), "https://tocsin.example.com/")

    assert "-X POST &#x27;https://tocsin.example.com/api/v1/incidents&#x27;" in page
    assert "Authorization: Bearer $TOKEN" in page
    assert "Alice&#x27;\\&#x27;&#x27;s checkout is down" in page


def test_every_further_example_is_shown() -> None:
    page = samples(entry("Declare an incident"), SERVER)

    assert "with a severity (application/json)" in page
    assert "INC-1" in page


def test_samples_of_refusals_are_folded_away_where_there_are_any() -> None:
    assert "<summary>Refusals</summary><figure><figcaption>404" in samples(
        entry("Show an incident"), SERVER
    )
    assert "Refusals" not in samples(entry("Declare an incident"), SERVER)


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({}, "anything"),
        (True, "anything"),
        ({"type": "string"}, "text"),
        ({"type": "string", "format": "date-time"}, "text (date-time)"),
        ({"type": "string", "minLength": 1}, "text, at least 1 character"),
        ({"type": "string", "minLength": 1, "maxLength": 9}, "text, 1 to 9 characters"),
        ({"type": "integer", "minimum": 1, "maximum": 100}, "whole number, 1 to 100"),
        ({"type": "integer", "maximum": 9}, "whole number, at most 9"),
        ({"type": "boolean", "default": False}, "true or false, by default <code>false</code>"),
        ({"type": "array", "default": []}, "list of anything"),
        ({"type": "integer", "default": 0}, "whole number, by default <code>0</code>"),
        ({"type": ["string", "null"]}, "text or null"),
        ({"type": "array", "items": {"type": "boolean"}}, "list of true or false"),
        ({"type": "array", "maxItems": 1}, "list of anything, at most 1 entry"),
        ({"type": "object"}, "object"),
        ({"type": "object", "additionalProperties": {"type": "integer"}}, "object of whole number"),
        ({"type": "object", "additionalProperties": False}, "object"),
        ({"const": 2}, "<code>2</code>"),
        ({"enum": ["a", None]}, "one of <code>a</code>, <code>null</code>"),
        ({"type": "string", "pattern": "^<a>$"}, "text, like <code>^&lt;a&gt;$</code>"),
        ({"allOf": [{"type": "object"}, {"type": "object"}]}, "object and object"),
        (
            {"anyOf": [{"$ref": "#/components/schemas/Incident"}, {"type": "null"}]},
            '<a href="#schema-Incident">Incident</a> or null',
        ),
    ],
)  # fmt: skip
def test_a_schema_is_put_in_words(schema: Any, words: str) -> None:
    assert shape(schema) == words


def test_required_fields_are_marked() -> None:
    table = fields(DOCUMENT["components"]["schemas"]["NewIncident"])

    assert '<code>title</code><span class="required">required</span>' in table
    assert "<code>severity</code></th>" in table


def test_text_is_escaped_and_markup_is_not() -> None:
    assert element("p", "<b>", Markup("<i></i>"), title='"') == (
        '<p title="&quot;">&lt;b&gt;<i></i></p>'
    )
    assert prose("One `<a>`.\n\nTwo.") == "<p>One <code>&lt;a&gt;</code>.</p><p>Two.</p>"
    assert prose("") == ""


@pytest.mark.parametrize("page", [docs_page, redoc_page])
def test_texts_of_the_document_cannot_become_markup(page: Any) -> None:
    written = page(DOCUMENT, "")

    assert HOSTILE not in written
    assert "<script" not in written
    assert written.count("&lt;script&gt;") > 2


@pytest.mark.parametrize("page", [docs_page, redoc_page])
def test_every_operation_and_every_schema_is_on_the_page_and_in_the_contents(page: Any) -> None:
    written = page(DOCUMENT, "")

    for each in (one for chapter in chapters(DOCUMENT) for one in chapter.entries):
        assert f'id="{each.anchor}"' in written
        assert f'href="#{each.anchor}"' in written
    for name in DOCUMENT["components"]["schemas"]:
        assert f'id="schema-{name}"' in written
