"""How far something long has come is seen on a terminal and can be read in a log."""

from io import StringIO

import pytest

from bot.progress import ProgressBar, bar, span


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


class Seconds:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_terminal_shows_one_line_that_grows() -> None:
    terminal, seconds = Terminal(), Seconds()
    shown = ProgressBar("documents", seconds, terminal)

    shown.show(0, 200)
    seconds.now = 10
    shown.show(50, 200)
    shown.close()

    lines = terminal.getvalue().split("\r")
    assert lines[1].startswith("[..............................] 0 of 200 documents")
    assert lines[2] == "[#######.......................] 50 of 200 documents, about 30 s left\n"


def test_a_log_gets_a_line_now_and_then_and_the_last_one() -> None:
    log, seconds = StringIO(), Seconds()
    shown = ProgressBar("documents", seconds, log)

    for done in range(0, 101, 10):
        seconds.now = done / 10
        shown.show(done, 100)
    shown.close()

    assert log.getvalue().splitlines() == [
        "0 of 100 documents",
        "50 of 100 documents, about 5 s left",
        "100 of 100 documents",
    ]


def test_nothing_to_do_is_all_done() -> None:
    assert bar(0, 0) == "[##############################]"


@pytest.mark.parametrize(("seconds", "words"), [(5, "5 s"), (600, "10 min"), (7_200, "2.0 h")])
def test_a_span_is_said_shortly(seconds: float, words: str) -> None:
    assert span(seconds) == words
