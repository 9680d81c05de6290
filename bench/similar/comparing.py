"""Asks all engines everything, and prints what came of it beside what was aimed at."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from bench.similar.engines import FUSED, VECTORS, WITHOUT_MODEL, WORDS
from bench.similar.labelled import REPORT
from bench.similar.measures import Answer, Quality, calibration, quality
from bench.similar.questions import Asked

PARTS = (VECTORS, WORDS)
RECALL, MRR, GAIN, WORSE = 0.97, 0.95, 1.1, 0.03

Answers = Mapping[str, Sequence[Answer]]
"""By the name of the engine."""
Table = Mapping[tuple[str, Asked], Quality]


def table(answers: Answers) -> Table:
    return {
        (engine, asked): quality(of)
        for engine, asked in product(answers, Asked)
        if (of := [one for one in answers[engine] if one.question.asked is asked])
    }


def report(answers: Answers, control: Answers) -> Iterator[str]:
    """A line each: all topics, those no constant was fitted on, the same with texts that echo
    the questions, the control, targets, and what scores mean."""
    honest = {engine: [one.unmisled() for one in of] for engine, of in answers.items()}
    unseen = {engine: _unseen(of) for engine, of in honest.items()}
    yield from _printed("all topics", honest)
    yield from _printed("topics that nothing was fitted on", unseen)
    yield from _printed("all topics, with echoes", answers)
    yield from _misled(answers)
    yield from _printed("control, written blind", control)
    yield from _held("all topics", honest)
    yield from _held("topics that nothing was fitted on", unseen)
    yield from _held("control, written blind", control)
    yield from _believed("topics that nothing was fitted on", unseen[FUSED])
    yield from _believed("the same without a model", unseen[WITHOUT_MODEL])
    yield from _believed("control, written blind", control[FUSED])


def targets(of: Table) -> Iterator[tuple[str, float, float]]:
    """What it is called, what it is, and what it should be at least."""
    oncall, siblings = of[FUSED, Asked.ONCALL], of[FUSED, Asked.SIBLING]
    yield "on-call, fused: recall@3", oncall.recall, RECALL
    yield "on-call, fused: MRR", oncall.mrr, MRR
    if hasty := of.get((FUSED, Asked.TERSE)):
        yield "on-call in haste, fused: recall@3", hasty.recall, RECALL
        yield "on-call in haste, fused: MRR", hasty.mrr, MRR
    parts = [of[part, Asked.SIBLING] for part in PARTS]
    better_recall, better_mrr = max(p.recall for p in parts), max(p.mrr for p in parts)
    yield "siblings, fused: recall@3 to the better part", siblings.recall / better_recall, GAIN
    yield "siblings, fused: MRR to the better part", siblings.mrr / better_mrr, GAIN
    yield "fused less the better part, at its worst", least_gain(of), -WORSE


def least_gain(of: Table) -> float:
    """By how much fused is above the better part, where that is least."""
    return min(
        gain
        for (engine, asked), part in of.items()
        if engine in PARTS
        for fused in (of[FUSED, asked],)
        for gain in (fused.recall - part.recall, fused.mrr - part.mrr)
    )


def _unseen(answers: Sequence[Answer]) -> list[Answer]:
    return [one for one in answers if one.question.half == REPORT]


def _held(title: str, answers: Answers) -> Iterator[str]:
    yield f"targets, {title}"
    yield from (
        f"  {name:<56} {value:6.3f} (target {aim:.3f}: {'met' if value >= aim else 'missed'})"
        for name, value, aim in targets(table(answers))
    )


def _misled(answers: Answers) -> Iterator[str]:
    for engine, of in answers.items():
        oncall = [one.misled for one in of if one.question.asked is Asked.ONCALL]
        yield f"  {engine:<34}an echo comes before what is right: {sum(oncall)} of {len(oncall)}"


def _believed(title: str, answers: Sequence[Answer]) -> Iterator[str]:
    yield f"of results with that score so many were right; {title}"
    yield from (
        f"  around {one.score:.1f}: {one.share:.2f} of {one.count}" for one in calibration(answers)
    )


def _printed(title: str, answers: Answers) -> Iterator[str]:
    of = table(answers)
    columns = [asked for asked in Asked if (FUSED, asked) in of]
    counts = {asked: _count(answers[FUSED], asked) for asked in columns}
    heads = "".join(f"{f'{asked} ({counts[asked]})':>26}" for asked in columns)
    yield f"{title:<36}{heads}"
    yield "recall@3 / MRR"
    for engine in answers:
        cells = "".join(_cell(of[engine, asked]) for asked in columns)
        yield f"  {engine:<34}{cells}"


def _cell(one: Quality) -> str:
    return f"{f'{one.recall:.3f} / {one.mrr:.3f}':>26}"


def _count(answers: Sequence[Answer], asked: Asked) -> int:
    return sum(one.question.asked is asked for one in answers)
