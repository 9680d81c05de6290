"""Search finds what happened before better than its parts would: a small part of `bench/similar`,
with the real model, database and index."""

from pathlib import Path

from bench.similar.comparing import PARTS
from bench.similar.distractors import distractors
from bench.similar.engines import FUSED, HASHING, open_engines
from bench.similar.labelled import REPORT, topics
from bench.similar.measures import Answer, quality
from bench.similar.questions import Asked, Question, questions

CAUSES, NOISE = 10, 40
BELOW = 0.03
"""By how much it may be worse than a part, on so few questions."""


async def test_search_is_never_much_worse_than_its_parts(tmp_path: Path) -> None:
    few = [topic for topic in topics() if topic.half == REPORT][:CAUSES]
    corpus = [one for topic in few for one in (*topic.incidents, *topic.near)]
    asked = _of_people(questions(few))
    vectors = tmp_path / "vectors.db"

    async with open_engines(tmp_path, [*corpus, *distractors(NOISE)], vectors=vectors) as engines:
        fused = await engines.answers(FUSED, asked)
        parts = {name: await engines.answers(name, asked) for name in (*PARTS, HASHING)}

    found = quality(fused)
    for name, answers in parts.items():
        part = quality(answers)
        assert found.mrr >= part.mrr - BELOW, f"MRR: {found} against {name}: {part}"
        assert found.recall >= part.recall - BELOW, f"recall@3: {found} against {name}: {part}"
    assert _found_at_all(fused)


def _of_people(asked: list[Question]) -> list[Question]:
    """Siblings are hard to find among few as well: their figures jump from one topic to another."""
    return [one for one in asked if one.asked in (Asked.ONCALL, Asked.TERSE)]


def _found_at_all(answers: list[Answer]) -> bool:
    return quality(answers).recall > 0.8
