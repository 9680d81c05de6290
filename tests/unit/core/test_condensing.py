"""What is left of a pasted log, and that plain sentences stay what they are."""

import pytest

from core.domain.condensing import MOST, condensed, to_embed

JAVA = """\
2026-11-20 14:03:22,123 ERROR [http-nio-8080-exec-7] c.a.pay.Checkout - failed after 30003ms
java.lang.RuntimeException: could not obtain connection
\tat com.acme.pay.PoolManager.acquire(PoolManager.java:88)
\tat org.springframework.web.Dispatcher.run(Dispatcher.java:3)
\tat java.base/java.lang.Thread.run(Thread.java:833)
Caused by: com.zaxxer.hikari.PoolTimeoutException: pool is exhausted after 30000ms
\tat com.zaxxer.hikari.pool.HikariPool.getConnection(HikariPool.java:197)
\t... 42 more
"""
PYTHON = """\
Traceback (most recent call last):
  File "/app/billing/tasks.py", line 33, in charge
    stripe.charge(amount)
  File "/usr/lib/python3.11/site-packages/http/api.py", line 99, in request
    raise TimeoutError()
http.errors.ReadTimeout: the provider did not answer
"""


def test_plain_words_stay_as_they_are() -> None:
    text = "Checkout is slow since 14:03 - 502 from db-07, order 4711"

    assert condensed(text) == text


def test_paragraphs_of_people_are_kept_whole() -> None:
    text = "The pool was exhausted. " * 20 + "\n\nWe restarted it."

    assert condensed(text) == f"{('The pool was exhausted. ' * 20).strip()}\nWe restarted it."


def test_the_root_of_a_java_trace_comes_first() -> None:
    assert condensed(JAVA).splitlines() == [
        "com.zaxxer.hikari.PoolTimeoutException: pool is exhausted after",
        "java.lang.RuntimeException: could not obtain connection",
        "c.a.pay.Checkout failed after",
        "com.acme.pay.PoolManager.acquire",
    ]


def test_the_exception_of_a_python_trace_comes_first_and_its_own_frame_stays() -> None:
    assert condensed(PYTHON).splitlines() == [
        "http.errors.ReadTimeout: the provider did not answer",
        '"/app/billing/tasks.py" in charge',
    ]


def test_what_a_person_wrote_above_a_log_comes_first() -> None:
    text = f"{JAVA}\nSince noon nobody can pay."

    assert condensed(text).splitlines()[0] == "Since noon nobody can pay."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "2026-11-20T14:03:22Z ERROR order 9f1c2d3e-ceea-467f-a0e6-1c2d3e4f5a6b lost",
            "2027-01-02T04:05:06Z ERROR order 8a7b6c5d-aaaa-467f-a0e6-ffffffffffff lost",
        ),
        (
            "Nov 20 03:12:44 node kernel: Killed process 4242 (java)",
            "Dec  1 13:00:01 node kernel: Killed process 99 (java)",
        ),
        (
            "2026-11-20 14:03:22 WARN dial tcp 10.2.3.4:5432: connection refused",
            "2026-11-21 04:13:12 WARN dial tcp 10.9.8.7:5432: connection refused",
        ),
        (
            "2026-11-20 14:03:22 ERROR pod api-5d8f7c9b4d-x2x9z restarts",
            "2026-11-20 14:05:22 ERROR pod api-66bcdf1234-abcde restarts",
        ),
    ],
)
def test_times_ids_addresses_and_counts_make_no_difference(one: str, other: str) -> None:
    assert condensed(one) == condensed(other)


def test_a_line_that_comes_again_is_said_once() -> None:
    log = "\n".join(
        f"2026-11-20 14:03:{second:02d} ERROR no answer from billing in {second * 7} ms"
        for second in range(60)
    )

    assert condensed(log) == "no answer from billing in"


def test_the_answer_of_a_server_is_no_count() -> None:
    assert "503" in condensed("2026-11-20 14:03:22 ERROR upstream answered 503 after 1200 ms")


def test_of_a_line_of_json_the_message_is_kept() -> None:
    line = '{"level":"error","ts":1700000000.12,"msg":"connection refused","trace_id":"4bf92f35"}'

    assert condensed(line) == "connection refused"


def test_trouble_comes_before_what_went_well() -> None:
    log = "2026-11-20 14:03:22 INFO started\n2026-11-20 14:03:23 ERROR disk is full"

    assert condensed(log).splitlines() == ["disk is full", "started"]


@pytest.mark.parametrize(
    "text", ["", "   \n\t", "\x00" * 9_000, "a" * 90_000, "[1-" * 9_000, "{" * 9_000, "at " * 9_000]
)
def test_whatever_comes_the_rest_is_bounded(text: str) -> None:
    assert len(condensed(text)) <= MOST


def test_a_log_of_nothing_but_noise_stays_a_question() -> None:
    assert condensed("2026-11-20 14:03:22 ERROR 4711") == "2026-11-20 14:03:22 ERROR 4711"


def test_the_title_of_a_document_comes_first() -> None:
    assert to_embed("Nobody can pay", JAVA).splitlines()[0] == "Nobody can pay"


def test_a_long_exception_keeps_the_cause_at_its_end() -> None:
    line = f"requests.exceptions.SSLError: {'Max retries exceeded ' * 15}(unknown issuer)"

    assert condensed(line).endswith("(unknown issuer)")
