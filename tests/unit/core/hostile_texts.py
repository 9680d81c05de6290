"""Reads texts that are made to keep an expression busy; a process of its own, for it may hang.

Whatever takes time that grows faster than the text needs hours for it, not seconds.
"""

import re
import sys
from collections.abc import Iterator
from itertools import product

from core.domain import identifiers, likeness_reasons, log_shapes, search, troubles
from core.domain.condensing import condensed
from core.domain.fusion import Match, Question, weighed

LENGTH = 2_000
_BEGINNINGS = ("", "Aa", "[", '"msg": "', "at ", "from :", "1")
_REPEATED = (
    "a", "A", "Aa", "aA", "1", "\u0660", "-", "a-", "a.", "_", "a_", "a:", "::", "a/", "$", "a@",
    " ", "a ", "[", "(", '"', "\\", "=", "1.", "0", "Error", "thread-", ".exc", ":1",
)  # fmt: skip
_ENDS = ("-x", "\n")
_TRIED_ONCE = frozenset(
    {"_DOING", "_NO_NAME", "EXCEPTION", "FRAME", "HEADER", "ROOT", "STATUS", "_BESIDE", "_SHAPES"}
)
"""These are held against a beginning or a whole, and not looked for everywhere."""
_TOKEN = 80
_LINE = 1_000


def texts(length: int) -> Iterator[str]:
    for beginning, repeated, end in product(_BEGINNINGS, _REPEATED, _ENDS):
        yield beginning + repeated * (length // len(repeated)) + end


def expressions() -> Iterator[tuple[str, re.Pattern[str]]]:
    for module in (identifiers, log_shapes, search, troubles, likeness_reasons):
        for name, value in vars(module).items():
            several = value if isinstance(value, tuple) else (value,)
            yield from ((name, one) for one in several if isinstance(one, re.Pattern))


def read_all() -> int:
    """How many expressions there were."""
    tried = list(expressions())
    for name, expression in tried:
        for text in texts(LENGTH):
            expression.fullmatch(text)
            expression.match(text)
        for text in texts(LENGTH) if name not in _TRIED_ONCE else ():
            expression.sub("", text)
    for one in (_TOKEN, _LINE):
        for text in texts(one - len("-x") - max(map(len, _BEGINNINGS))):
            _asked(text * 4)
    return len(tried)


def _asked(text: str) -> None:
    match = Match(id="one", title=text, body=condensed(text), words=frozenset())
    weighed(Question.of(text), [match])


if __name__ == "__main__":
    sys.stdout.write(f"{read_all()}\n")
