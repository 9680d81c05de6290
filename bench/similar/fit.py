"""`python -m bench.similar.fit`: fits the constants of `core/domain/fusion.py`, and prints them.

Logistic regression over pairs of a question and a document that may be like it: the nearest ones by
meaning and the best by words. It sees one half of the topics; what the scores are worth is printed
of both. What only echoes a question takes no part, and neither do services and verdicts: the set is
too small to say what they are worth.

Each kind of question has the same say in how signals weigh against each other, however many there
are of it; what scores are worth is then fitted on all of them as they are.

Whoever wrote the lexicon of troubles had seen the set. So each pair is there twice: as it is, and
without what the lexicon knows only from incidents of the question's own topic. What life has is
between the two.
"""

import asyncio
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.similar.distractors import distractors
from bench.similar.labelled import FIT, REPORT, Labelled, topics
from bench.similar.questions import Asked as Kind
from bench.similar.questions import Question as Asked
from bench.similar.questions import questions
from bench.similar.remembered import remembering
from bench.similar.running import VECTORS
from core.domain.condensing import to_embed
from core.domain.fusion import Match, Question, Signals, rarity_of, signals_of
from core.domain.search import MOST_WORDS, terms
from core.domain.troubles import Said, alike, said_in
from storage.similarity.process import open_worker

NEAREST = BY_WORDS = 50
BATCH = 32
ROUNDS = 30
RIDGE = 1.0
"""Holds constants small that nothing in the set speaks for."""

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """`matches` are in the order of the rows of `vectors`; `spread` says how common a word is,
    `sayers` which topics or single documents say what the lexicon has."""

    labelled: tuple[Labelled, ...]
    matches: tuple[Match, ...]
    vectors: Numbers
    spread: Counter[str]
    sayers: Mapping[Said, frozenset[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    half: int
    kind: Kind
    right: bool
    signals: Signals


async def read(folder: Path) -> tuple[Corpus, list[Asked], Numbers]:
    """The corpus, the questions, and what each of them means."""
    labelled = [one for topic in topics() for one in (*topic.incidents, *topic.near)]
    everything = (*labelled, *distractors())
    asked = questions(topics())
    async with open_worker(folder=folder) as worker:
        await worker.opened()
        with remembering(worker.embedder, VECTORS) as embedder:
            texts = [to_embed("", one.document) for one in everything]
            texts += [Question.of(one.text).text for one in asked]
            blobs = [
                vector
                for start in range(0, len(texts), BATCH)
                for vector in await embedder.embed(texts[start : start + BATCH])
            ]
    vectors = np.array([np.frombuffer(blob, "<f4") for blob in blobs], np.float64)
    return _corpus(everything, vectors[: len(everything)]), asked, vectors[len(everything) :]


def _corpus(labelled: tuple[Labelled, ...], vectors: Numbers) -> Corpus:
    matches = tuple(
        Match(
            id=one.id,
            title=one.title,
            body=one.document.removeprefix(one.title).strip(),
            words=frozenset(terms(one.document, most=MOST_WORDS)),
        )
        for one in labelled
    )
    spread = Counter(word for match in matches for word in match.words)
    sayers: defaultdict[Said, frozenset[str]] = defaultdict(frozenset)
    for one, match in zip(labelled, matches, strict=True):
        for said in said_in(_text(match)):
            sayers[said] |= {one.topic or one.id}
    return Corpus(labelled=labelled, matches=matches, vectors=vectors, spread=spread, sayers=sayers)


def _text(match: Match) -> str:
    return f"{match.title}\n{match.body}"


def pairs(
    corpus: Corpus, asked: Sequence[Asked], meant: Numbers, *, by_meaning: bool
) -> Iterator[Pair]:
    """Without vectors only those that words find, as if there were no model."""
    for one, vector in zip(asked, meant, strict=True):
        question = Question.of(one.text)
        cosines = corpus.vectors @ vector
        rows = _candidates(corpus, question, one, cosines if by_meaning else None)
        matches = [_seen(corpus.matches[row], cosines[row], by_meaning) for row in rows]
        here = {word: corpus.spread[word] for word in question.words}
        rarity = rarity_of(question.words, matches, here, len(corpus.matches))
        found = signals_of(question, matches, rarity)
        unseen = _left_out(corpus, one.topic, question, matches)
        for row, signals, trouble in zip(rows, found, unseen, strict=True):
            right = corpus.labelled[row].topic == one.topic
            for seen in (signals, replace(signals, trouble=trouble)):
                yield Pair(half=one.half, kind=one.asked, right=right, signals=seen)


def _left_out(
    corpus: Corpus, topic: str, question: Question, matches: Iterable[Match]
) -> list[float]:
    """As if nobody had seen the incidents of the topic when the lexicon was written."""

    def kinds(text: str) -> frozenset[str]:
        known = ((said, corpus.sayers.get(said, frozenset())) for said in said_in(text))
        return frozenset(said[0] for said, sayers in known if sayers - {topic})

    return alike(kinds(question.text), [kinds(_text(match)) for match in matches])


def _seen(match: Match, cosine: float, by_meaning: bool) -> Match:
    known = float(cosine) if by_meaning else None
    return Match(id=match.id, title=match.title, body=match.body, words=match.words, cosine=known)


def _candidates(
    corpus: Corpus, question: Question, asked: Asked, cosines: Numbers | None
) -> list[int]:
    near = [] if cosines is None else [int(row) for row in np.argsort(-cosines)[:NEAREST]]
    rarity = rarity_of(question.words, [], corpus.spread, len(corpus.matches))
    held = [
        sum(weight for word, weight in rarity.items() if word in match.words)
        for match in corpus.matches
    ]
    best = sorted(range(len(held)), key=lambda row: -held[row])[:BY_WORDS]
    worded = [row for row in best if held[row]]
    itself = asked.about.id if asked.about else None
    rows = dict.fromkeys([*near, *worded])
    return [row for row in rows if corpus.matches[row].id != itself]


def fitted(seen: Sequence[Pair], names: Sequence[str]) -> Numbers:
    """The base, then a constant for each name."""
    table, right = _table(seen, names), np.array([pair.right for pair in seen], np.float64)
    many = Counter(pair.kind for pair in seen)
    say = np.array([len(seen) / len(many) / many[pair.kind] for pair in seen])
    weights = _regressed(table, right, say)[1:]
    evidence = np.column_stack([table[:, 0], table[:, 1:] @ weights])
    base, scale = _regressed(evidence, right, np.ones(len(seen)))
    return np.array([base, *(scale * weights)])


def _regressed(table: Numbers, right: Numbers, say: Numbers) -> Numbers:
    """Newton's method."""
    constants = np.zeros(table.shape[1])
    for _ in range(ROUNDS):
        believed = _believed(table, constants)
        slope = table.T @ (say * (believed - right)) + RIDGE * constants
        curve = (table * (say * believed * (1 - believed))[:, None]).T @ table
        constants -= np.linalg.solve(curve + RIDGE * np.eye(len(constants)), slope)
    return constants


def _table(seen: Iterable[Pair], names: Sequence[str]) -> Numbers:
    return np.array([[1.0, *(getattr(pair.signals, name) for name in names)] for pair in seen])


def _believed(table: Numbers, constants: Numbers) -> Numbers:
    score: Numbers = 1 / (1 + np.exp(-(table @ constants)))
    return score


def told(seen: Sequence[Pair], names: Sequence[str], constants: Numbers) -> Iterator[str]:
    """What share of the pairs with about a score was right."""
    scores = _believed(_table(seen, names), constants)
    right = np.array([pair.right for pair in seen])
    for middle in np.arange(0.1, 0.95, 0.1):
        around = np.abs(scores - middle) <= 0.05
        if around.any():
            yield f"    around {middle:.1f}: {right[around].mean():.2f} of {around.sum()}"


def report(title: str, found: Sequence[Pair], names: Sequence[str]) -> Iterator[str]:
    constants = fitted([pair for pair in found if pair.half == FIT], names)
    spoken = zip(("base", *names), constants, strict=True)
    yield f"{title}: " + ", ".join(f"{name}={value:.1f}" for name, value in spoken)
    for half, name in ((FIT, "topics it was fitted on"), (REPORT, "topics it has not seen")):
        yield f"  {name}"
        yield from told([pair for pair in found if pair.half == half], names, constants)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="tocsin-bench-") as folder:
        corpus, asked, meant = asyncio.run(read(Path(folder)))
    with_vectors = list(pairs(corpus, asked, meant, by_meaning=True))
    by_words = list(pairs(corpus, asked, meant, by_meaning=False))
    lines = report("WITH_VECTORS", with_vectors, ("cosine", "words", "names", "trouble"))
    print("\n".join(lines))
    print("\n".join(report("BY_WORDS", by_words, ("words", "grams", "names", "trouble"))))


if __name__ == "__main__":
    main()
