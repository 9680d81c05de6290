"""Asks everything of the labelled set, of all engines, among all distractors."""

import asyncio
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bench.similar.comparing import Answers, report
from bench.similar.distractors import distractors
from bench.similar.engines import open_engines
from bench.similar.labelled import Topic, control, topics
from bench.similar.questions import questions

VECTORS = Path(tempfile.gettempdir()) / "tocsin-bench-similar" / "vectors.db"
"""What was embedded once; another model or other texts are embedded anew."""


async def similar(folder: Path) -> None:
    """Prints the quality of search; needs the model."""
    main = await _answers(folder / "topics", topics())
    blind = await _answers(folder / "control", control())
    for line in report(main, blind):
        print(line)


async def _answers(folder: Path, asked_of: Sequence[Topic]) -> Answers:
    """The control has a database of its own: some of its causes may be among the others."""
    await asyncio.to_thread(folder.mkdir, parents=True)
    labelled = [one for topic in asked_of for one in (*topic.incidents, *topic.near)]
    echoes = [one for topic in asked_of for one in topic.echoes]
    noise, asked = distractors(), questions(asked_of)
    begun = time.perf_counter()
    async with open_engines(folder, [*labelled, *echoes, *noise], vectors=VECTORS) as engines:
        print(
            f"{len(asked_of)} causes, {len(labelled):,} incidents, {len(echoes)} echoes,"
            f" {len(noise):,} distractors, {len(asked)} questions;"
            f" indexed in {time.perf_counter() - begun:.0f} s"
        )
        return {name: await engines.answers(name, asked) for name in engines.engines}
