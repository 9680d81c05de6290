"""What tools sent is shown without secrets, and with everything else."""

from typing import Any

import pytest

from bot.masking import DEEPEST, MASKED, masked, masked_text

TOKEN = "ULMRRh7c-x6Q62WE-458Dn_vedz24-owRvN9ll_UoMw"


@pytest.mark.parametrize(
    "name",
    [
        "token", "accessToken", "SECRET", "client_secret", "password", "passwd", "pass", "pwd",
        "Authorization", "api_key", "apiKey", "X-Api-Key", "routing_key", "integrationKey",
        "service_key", "private_key", "cookie", "Set-Cookie", "credentials", "webhook_url",
        "signature", "genie_key", "dsn", "UnsubscribeURL",
    ],
)  # fmt: skip
def test_what_is_called_a_secret_is_masked_whatever_it_is(name: str) -> None:
    for value in ("x", 7, ["a"], {"deep": {"er": "b"}}):
        assert masked({name: value, "other": 1}) == {name: MASKED, "other": 1}


@pytest.mark.parametrize(
    "name", ["tokens_used", "token_count", "key", "dedup_key", "alias", "fingerprint", "passed"]
)
def test_what_only_sounds_like_one_is_shown(name: str) -> None:
    assert masked({name: "x"}) == {name: "x"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("see xoxb-1234567890-abc there", f"see {MASKED} there"),
        ("key AKIAIOSFODNN7EXAMPLE used", f"key {MASKED} used"),
        ("ghp_0123456789abcdefghij", MASKED),
        ("Authorization: Bearer abc.def-123", f"Authorization: Bearer {MASKED}"),
        ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc", MASKED),
        ("see session-eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0 there", f"see {MASKED} there"),
        ("https://ada:s3cret@db.example.com/x", f"https://{MASKED}@db.example.com/x"),
        ("https://example.com/a?token=abc&b=1", f"https://example.com/a?token={MASKED}&b=1"),
        ("https://hooks.slack.com/services/T0/B0/abcdef", MASKED),
        (f"/webhooks/grafana/{TOKEN}", f"/webhooks/grafana/{MASKED}"),
        (f"a token of ours, {TOKEN}.", f"a token of ours, {MASKED}."),
        (
            "-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----",
            MASKED,
        ),
    ],
)
def test_what_looks_like_a_secret_is_masked_wherever_it_stands(text: str, shown: str) -> None:
    assert masked({"note": [text]}) == {"note": [shown]}
    assert masked_text(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "The disk of db-1 is 97 % full.",
        "https://grafana.example.com/d/abc?orgId=1&from=2",
        "d41d8cd98f00b204e9800998ecf8427e",
        "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
        '{}/{team="db"}:{alertname="Latency"}',
    ],
)
def test_everything_else_is_shown_as_it_came(text: str) -> None:
    assert masked({"note": text}) == {"note": text}


def test_a_secret_that_is_known_is_masked_in_values_and_in_names() -> None:
    assert masked({"note": f"a{TOKEN}b", TOKEN: 1}, [TOKEN, ""]) == {
        "note": f"a{MASKED}b",
        MASKED: 1,
    }


def test_text_that_is_cut_within_a_secret_does_not_show_its_beginning() -> None:
    cut = '{"name": "x", "password": "half of a sec'

    assert masked_text(cut) == f'{{"name": "x", "password": "{MASKED}'


def test_numbers_and_nothing_stay_what_they_are() -> None:
    payload: Any = {"a": 1.5, "b": None, "c": True, "token": ""}

    assert masked(payload) == payload


def test_what_is_nested_too_deeply_is_cut() -> None:
    payload: Any = "x"
    for _ in range(DEEPEST + 50):
        payload = [payload]

    shown = masked(payload)

    for _ in range(DEEPEST):
        [shown] = shown
    assert shown == "…"


@pytest.mark.parametrize(
    "piece",
    [
        "eyJ-", "eyJa", "eyJaaaaaaaaa.a ", "eyJaaaaaaaaa.", "-eyJaaaaaaaaa.b",
        "?token", "://a:", "\"token", "Aa0", "-----BEGIN ",
    ],
)  # fmt: skip
def test_text_made_to_look_like_the_beginnings_of_secrets_is_read_through_like_any_other(
    piece: str,
) -> None:
    """Where each beginning is looked at to the end of the text, this does not come back."""
    hostile = piece * (500_000 // len(piece))

    shown = masked_text(hostile)

    assert len(shown) <= len(hostile)
