"""How good answers are: recall among the first three, reciprocal ranks, scores to be trusted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import mean

from bench.similar.labelled import ECHO
from bench.similar.questions import Question

FIRST = 3
LAST = 20
"""What comes later is not found."""
WIDTH = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an engine found for a question, the best first: topics and scores."""

    question: Question
    topics: tuple[str, ...]
    scores: tuple[float, ...]

    @property
    def hits(self) -> list[bool]:
        return [topic == self.question.topic for topic in self.topics[:LAST]]

    @property
    def misled(self) -> bool:
        """Whether what only echoes the question comes before all that is right."""
        return next((topic == ECHO for topic in self.topics if topic in self._marked), False)

    def unmisled(self) -> "Answer":
        """As if nothing had been written to echo the question."""
        kept = [number for number, topic in enumerate(self.topics) if topic != ECHO]
        return replace(
            self,
            topics=tuple(self.topics[number] for number in kept),
            scores=tuple(self.scores[number] for number in kept),
        )

    @property
    def _marked(self) -> frozenset[str]:
        return frozenset({ECHO, self.question.topic})

    @property
    def recall(self) -> float:
        return min(1.0, sum(self.hits[:FIRST]) / self.question.right)

    @property
    def reciprocal(self) -> float:
        return next((1 / rank for rank, hit in enumerate(self.hits, 1) if hit), 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """Means over all answers. `recall` is that among the first three."""

    recall: float
    mrr: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Believed:
    """Of `count` results with scores around `score`, that share was right."""

    score: float
    count: int
    share: float


def quality(answers: Sequence[Answer]) -> Quality:
    return Quality(
        recall=mean(answer.recall for answer in answers),
        mrr=mean(answer.reciprocal for answer in answers),
    )


def calibration(answers: Iterable[Answer]) -> list[Believed]:
    """Scores from 0.05 on, in steps of a tenth: around 0.1, around 0.2, …"""
    scored = [pair for answer in answers for pair in zip(answer.scores, answer.hits, strict=False)]
    return [
        Believed(score=middle, count=len(hits), share=mean(hits))
        for middle in (step * WIDTH for step in range(1, 10))
        if (hits := [hit for score, hit in scored if abs(score - middle) <= WIDTH / 2])
    ]
