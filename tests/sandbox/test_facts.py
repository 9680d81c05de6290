"""The sandbox's tables say what Slack's reference says."""

import pytest

from sandbox.facts import limits
from sandbox.facts.common_errors import ALWAYS_POSSIBLE, COMMON_ERRORS, SHOWN_IN_EXAMPLES
from sandbox.facts.events import EVENT_SCOPES
from sandbox.facts.methods import METHODS
from sandbox.facts.tiers import PER_MINUTE
from sandbox.web_api.checks import TOKENLESS_METHODS
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
    "ack_seconds": limits.ACK_SECONDS,
    "trigger_id_ttl_seconds": limits.TRIGGER_SECONDS,
    "response_url_ttl_seconds": limits.RESPONSE_URL_SECONDS,
    "response_url_uses": limits.RESPONSE_URL_USES,
    "socket_mode_max_connections": limits.SOCKETS,
    "event_redirects_max": limits.REDIRECTS,
}


@pytest.mark.parametrize("method", METHODS)
def test_a_method_answers_only_documented_errors(method: str) -> None:
    documented = read("method-index.json")[method]["errors"]

    assert set(METHODS[method].errors) <= set(documented)


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
    assert METHODS[method].takes_json == documented["json_input"]


@pytest.mark.parametrize("method", METHODS)
def test_a_tier_is_the_documented_one_and_never_looser(method: str) -> None:
    documented = read("method-index.json")[method]["tier"]
    facts = METHODS[method]

    assert facts.tier == ("special" if documented in ("t5", None) else documented)
    if facts.tier in PER_MINUTE:
        assert PER_MINUTE[facts.lower_tier] <= PER_MINUTE[facts.tier]


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
    assert set(METHODS) == set(HANDLERS) | TOKENLESS_METHODS
