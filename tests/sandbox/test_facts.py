"""The sandbox's tables say what Slack's reference says."""

from collections.abc import Iterator

import pytest

from sandbox.facts import limits
from sandbox.facts.argument_kinds import BOUNDS, FLAGS, LISTS, NESTED, NUMBERS
from sandbox.facts.common_errors import ALWAYS_POSSIBLE, COMMON_ERRORS, SHOWN_IN_EXAMPLES
from sandbox.facts.events import EVENT_SCOPES
from sandbox.facts.methods import METHODS
from sandbox.facts.tiers import PER_MINUTE, SPECIAL
from sandbox.json_types import Json
from sandbox.web_api.table import HANDLERS
from tests.sandbox.reference import read

# Required by Slack's prose, though the reference leaves it open.
ALSO_REQUIRED = {
    "bookmarks.add": {"channel_id"},
    "bookmarks.edit": {"channel_id", "bookmark_id"},
    "bookmarks.list": {"channel_id"},
    "bookmarks.remove": {"channel_id", "bookmark_id"},
    "conversations.kick": {"user"},
}
# Named differently here, or stricter on purpose.
LIMITS = {
    "message_blocks": limits.MESSAGE_BLOCKS,
    "view_blocks": limits.VIEW_BLOCKS,
    "text_truncated_at": limits.TEXT_TRUNCATED_AT,
    "chat_update_text": limits.UPDATE_TEXT,
    "markdown_text": limits.MARKDOWN_TEXT,
    "section_text": limits.TEXT_OBJECT,
    "section_fields": limits.SECTION_FIELDS,
    "section_field_text": limits.SECTION_FIELD_TEXT,
    "header_text": limits.HEADER_TEXT,
    "actions_elements": limits.ACTIONS_ELEMENTS,
    "context_elements": limits.CONTEXT_ELEMENTS,
    "block_id": limits.BLOCK_ID,
    "action_id": limits.ACTION_ID,
    "button_text": limits.BUTTON_TEXT,
    "button_value": limits.BUTTON_VALUE,
    "option_text": limits.OPTION_TEXT,
    "modal_title": limits.MODAL_TITLE,
    "private_metadata": limits.PRIVATE_METADATA,
    "view_bytes": limits.VIEW_BYTES,
    "view_stack": limits.VIEW_STACK,
    "channel_name": limits.CHANNEL_NAME,
    "channel_topic": limits.TOPIC,
    "channel_purpose": limits.PURPOSE,
    "bookmark_title": limits.BOOKMARK_TITLE,
    "bookmark_link": limits.BOOKMARK_LINK,
    "invite_users_per_call": limits.INVITED_USERS,
    "attachments": limits.ATTACHMENTS,
    "history_limit": limits.HISTORY_LIMIT,
    "ack_seconds": limits.ANSWER_SECONDS,
    "trigger_id_ttl_seconds": limits.ANSWER_SECONDS,
    "response_url_ttl_seconds": limits.RESPONSE_URL_SECONDS,
    "response_url_uses": limits.RESPONSE_URL_USES,
    "socket_mode_max_connections": limits.SOCKETS,
    "event_redirects_max": limits.REDIRECTS,
}


@pytest.mark.parametrize("method", METHODS)
def test_a_method_answers_only_documented_errors(method: str) -> None:
    documented = read("method-index.json")[method]["errors"]

    assert set(METHODS[method].errors) <= set(documented or ())


@pytest.mark.parametrize("method", METHODS)
def test_a_method_knows_exactly_the_documented_arguments(method: str) -> None:
    documented = read("method-index.json")[method]

    assert set(METHODS[method].arguments) == set(documented["args"] or ())
    extra = ALSO_REQUIRED.get(method, set())
    assert set(METHODS[method].required) == set(documented["required"] or ()) | extra


@pytest.mark.parametrize("method", METHODS)
def test_a_method_asks_for_the_documented_scopes(method: str) -> None:
    documented = read("method-index.json")[method]

    assert set(METHODS[method].scopes) == set(documented["bot_scopes"] or ())
    assert set(METHODS[method].user_scopes) == set(documented["user_scopes"] or ())
    assert METHODS[method].takes_json == documented["json_input"]
    assert METHODS[method].reads == (documented["http_method"] == "GET")


@pytest.mark.parametrize("method", METHODS)
def test_a_tier_is_the_documented_one_and_never_looser(method: str) -> None:
    documented = read("method-index.json")[method]["tier"]
    facts = METHODS[method]

    assert facts.tier == ("special" if documented in ("t5", None) else documented)
    if facts.tier in PER_MINUTE:
        assert PER_MINUTE[facts.lower_tier] <= PER_MINUTE[facts.tier]


def test_of_two_sources_the_lower_tier_counts() -> None:
    index, other = read("method-index.json"), read("payloads/rate_limit_tiers.json")
    numbers = {f"Tier{number}": f"t{number}" for number in range(1, 5)}
    both = {
        method: (index[method]["tier"], numbers[tier])
        for method, tier in other.items()
        if tier in numbers and index.get(method, {}).get("tier") in PER_MINUTE
    }

    assert len([method for method, (one, two) in both.items() if one != two]) == 16
    for method in both.keys() & METHODS.keys():
        lower = min(both[method], key=lambda tier: PER_MINUTE[tier])
        assert METHODS[method].lower_tier == lower, method


def test_methods_without_a_tier_have_a_number_of_their_own() -> None:
    without = {method for method, facts in METHODS.items() if facts.tier not in PER_MINUTE}

    assert set(SPECIAL) == without


def documented_kinds() -> Iterator[tuple[str, str, Json]]:
    """Method, argument, and one of the kinds of value the reference has for it."""
    reference = read("methods/methods.json")
    for method in METHODS:
        arguments = (reference[method].get("args") or {}).get("properties") or {}
        for name, kind in arguments.items():
            for alternative in kind.get("anyOf", [kind]):
                yield method, name, alternative


def test_flags_and_numbers_are_the_documented_ones() -> None:
    kinds = list(documented_kinds())

    flags = {name for _, name, kind in kinds if kind.get("type") == "boolean"}
    numbers = {name for _, name, kind in kinds if kind.get("type") in ("integer", "number")}
    # Attachments may be false, which is an old way to leave them out.
    assert flags - {"attachments"} == FLAGS
    assert numbers == NUMBERS
    lists = {name for _, name, kind in kinds if kind.get("type") == "array"}
    assert lists <= LISTS | NESTED


@pytest.mark.parametrize(
    ("word", "field"),
    [("maxLength", "longest"), ("minimum", "smallest"), ("maximum", "largest"), ("enum", "one_of")],
)
def test_the_bounds_of_arguments_are_the_documented_ones(word: str, field: str) -> None:
    documented = {
        (method, argument): tuple(limit[word]) if word == "enum" else limit[word]
        for method, facts in read("method-index.json").items()
        for argument, limit in (facts["arg_limits"] or {}).items()
        if method in METHODS and word in limit and argument != "team_id"
    }

    known = {place: getattr(bound, field) for place, bound in BOUNDS.items()}
    assert {place: value for place, value in known.items() if value not in (None, ())} == documented


def test_the_common_errors_are_the_documented_ones() -> None:
    documented = read("methods/common-errors.json")["errors"]

    assert set(documented) == COMMON_ERRORS


def test_errors_missing_from_the_list_stand_in_examples() -> None:
    examples = [
        example["example"].get("error")
        for method in read("methods/methods.json").values()
        for example in (method.get("examples") or {}).values()
        if isinstance(example.get("example"), dict)
    ]

    assert set(examples) >= SHOWN_IN_EXAMPLES
    assert ALWAYS_POSSIBLE == COMMON_ERRORS | SHOWN_IN_EXAMPLES


# Real events, named in Slack's guides; the reference has no page for them.
WITHOUT_A_PAGE = {"channel_archive", "channel_unarchive", "group_archive", "group_unarchive"}


@pytest.mark.parametrize("event", sorted(set(EVENT_SCOPES) - WITHOUT_A_PAGE))
def test_an_event_needs_the_documented_scopes(event: str) -> None:
    documented = read("event-scopes.json")

    assert set(documented[event]["scopes"]) == EVENT_SCOPES[event]


@pytest.mark.parametrize("name", LIMITS)
def test_a_limit_is_the_documented_one(name: str) -> None:
    documented = read("limits.json")[name]

    assert documented["v"] == LIMITS[name]


def test_every_method_with_facts_has_somebody_who_answers_it() -> None:
    assert set(METHODS) == {*HANDLERS, "oauth.v2.access"}
