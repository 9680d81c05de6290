"""The questions that are asked of the labelled set, and what would be a right answer."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from bench.similar.labelled import Labelled, Topic


class Asked(StrEnum):
    ONCALL = "on-call, own words"
    TERSE = "on-call, in haste"
    SIBLING = "siblings"
    LOG = "log excerpts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """`about` is the incident it is asked of, if any; that one is no answer. `topic` is right."""

    asked: Asked
    topic: str
    text: str
    half: int
    about: Labelled | None = None

    @property
    def right(self) -> int:
        """How many of the first three can be right, to whoever wants to see all of them."""
        return 3 if self.asked is Asked.SIBLING else 1


def questions(topics: Iterable[Topic]) -> list[Question]:
    """Each incident is also asked about, with what was known when it was declared."""
    return [question for topic in topics for question in _of(topic)]


def _of(topic: Topic) -> Iterator[Question]:
    yield Question(asked=Asked.ONCALL, topic=topic.id, text=topic.oncall, half=topic.half)
    if topic.terse:
        yield Question(asked=Asked.TERSE, topic=topic.id, text=topic.terse, half=topic.half)
    if topic.log:
        yield Question(asked=Asked.LOG, topic=topic.id, text=topic.log, half=topic.half)
    for one in topic.incidents:
        yield Question(
            asked=Asked.SIBLING, topic=topic.id, text=one.declared, half=topic.half, about=one
        )
