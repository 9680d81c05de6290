"""Which words are names that machines give."""

import pytest

from core.domain.identifiers import MOST, identifiers, shared


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ORA-01555: snapshot too old", "ora-01555"),
        ("connect ECONNREFUSED again", "econnrefused"),
        ("E11000 duplicate key", "e11000"),
        ("ERROR 40P01 deadlock", "40p01"),
        ("java.lang.OutOfMemoryError: heap", "outofmemoryerror"),
        ("com.zaxxer.hikari.PoolTimeoutException: no", "pooltimeoutexception"),
        ("alert KubePodCrashLooping fired", "kubepodcrashlooping"),
        ("http_requests_total is flat", "http_requests_total"),
        ("db-07 is away", "db-07"),
        ("ask db-07.eu.example.com about it", "db-07.eu.example.com"),
        ("pod api-5d8f7c9b4d-x2x9z is gone", "api"),
        ("in PoolManager.java:88", "poolmanager.java"),
        ("SIGSEGV in the parser", "sigsegv"),
    ],
)
def test_a_name_is_known_by_its_shape(text: str, found: str) -> None:
    assert identifiers(text) == {found}


@pytest.mark.parametrize(
    "text",
    ["The checkout is slow.", "ERROR since 14:03", "10.0.0.1 and 4711", "request_id=7", "Postgres"],
)
def test_words_and_numbers_are_no_names(text: str) -> None:
    assert identifiers(text) == frozenset()


def test_only_so_many_names_of_a_text_count() -> None:
    assert len(identifiers(" ".join(f"host-{number}" for number in range(100)))) == MOST


def test_names_are_shared_whole_whatever_their_case() -> None:
    assert shared({"db-1", "ora-01555"}, "DB-12 said ORA-01555") == {"ora-01555"}


def test_a_name_is_no_expression() -> None:
    assert shared({"pool$(", "a.b"}, "axb pool$( here") == {"pool$("}
