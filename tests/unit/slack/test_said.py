"""What a message says, as the beginning of an incident."""

from typing import Any

import pytest

from bot.slack.said import author_of, description_of, title_of, words_of
from bot.slack.timeline.said import said_in


def test_the_first_line_is_the_title_and_the_rest_says_more() -> None:
    words = words_of({"text": "\n  Checkout   is &lt;down&gt;\nsince noon <@U1|bob>"})

    assert title_of(words) == "Checkout is <down>"
    assert description_of(words, "Bob", "https://x.example/p1") == (
        "Checkout   is <down>\nsince noon @bob\n\nFrom a message of Bob: https://x.example/p1"
    )


def test_what_an_alert_says_beside_its_text_counts_too() -> None:
    attachments = [
        {"title": "High latency", "text": "p99 is 4 s", "fallback": "ignored"},
        {"fallback": "Disk full"},
    ]

    assert words_of({"text": "", "attachments": attachments}) == (
        "High latency\np99 is 4 s\nDisk full"
    )


@pytest.mark.parametrize(
    ("beside", "words"),
    [
        ({"attachments": [{"title": "Disk full", "fallback": "ignored"}]}, "Disk full"),
        (
            {"attachments": [{"fields": [{"title": "Host", "value": "db-2"}]}]},
            "Host: db-2",
        ),
        (
            {"blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "*Disk* full"}}]},
            "*Disk* full",
        ),
        (
            {"attachments": [{"blocks": [{"type": "header", "text": {"text": "Disk full"}}]}]},
            "Disk full",
        ),
        (
            {"attachments": [{"from_url": "https://x.example/1", "is_share": True, "text": "Hm"}]},
            "Hm",
        ),
    ],
)
def test_a_message_is_kept_with_what_another_program_says_beside_an_empty_text(
    beside: dict[str, Any], words: str
) -> None:
    said = said_in({"ts": "1.2", "text": "", "bot_id": "B1", **beside}, "C1")

    assert said is not None
    assert said.text == words


def test_the_preview_of_a_link_is_nothing_that_was_said() -> None:
    preview = {"from_url": "https://x.example/1", "title": "A page", "text": "of somebody else"}

    said = said_in({"ts": "1.2", "text": "<https://x.example/1>", "attachments": [preview]}, "C1")

    assert said is not None
    assert said.text == "<https://x.example/1>"


def test_a_long_message_is_cut_for_the_form() -> None:
    words = words_of({"text": "x" * 5_000})

    assert len(title_of(words)) == 150
    assert len(description_of(words, "Bob", "https://x.example")) < 2_700


def test_who_wrote_it_is_known_where_the_message_says_so() -> None:
    assert author_of({"username": "Grafana"}) == "Grafana"
    assert author_of({"bot_profile": {"name": "Pager"}}) == "Pager"
    assert author_of({"user": "U1"}) == ""
