"""The labelled set is as large and as varied as its README says."""

from collections import Counter
from itertools import combinations
from statistics import median

from bench.similar.distractors import MANY, distractors
from bench.similar.labelled import CONTROL, FIT, REPORT, Labelled, Topic, control, topics
from bench.similar.questions import Asked, questions
from core.domain.search import asked

LARGEST_COMMON_SHARE = 0.05
MOST_COPIED, MOST_COPIED_IN_HASTE = 0.60, 0.40
"""Of the words of a question and of the incident that shares most with it, as it was declared."""
USUALLY_COPIED = 0.25


def test_there_are_sixty_causes_with_five_incidents_each() -> None:
    found = topics()

    assert len(found) >= 60
    assert len({topic.id for topic in found}) == len(found)
    assert min(len(topic.incidents) for topic in found) >= 5
    assert sum(len(topic.incidents) for topic in found) >= 300


def test_every_cause_has_incidents_that_use_its_words_and_have_another_cause() -> None:
    found = topics()

    assert all(topic.near and topic.echoes for topic in found)
    assert sum(len(topic.near) for topic in found) >= 60


def test_no_text_stands_there_twice() -> None:
    every = [one for topic in topics() for one in _of(topic)] + [*distractors()]

    texts = Counter((one.title, one.text, one.fix) for one in every)

    assert max(texts.values()) == 1
    assert len({one.id for one in every}) == len(every)


def test_incidents_with_one_cause_share_hardly_a_word() -> None:
    pairs = [pair for topic in topics() for pair in combinations(topic.incidents, 2)]

    shares = [_common(one, other) for one, other in pairs]

    assert median(shares) <= LARGEST_COMMON_SHARE


def test_questions_do_not_copy_the_incidents_that_are_their_answers() -> None:
    oncall = [_copied(topic.oncall, topic) for topic in topics()]
    terse = [_copied(topic.terse, topic) for topic in topics()]

    assert max(oncall) <= MOST_COPIED
    assert max(terse) <= MOST_COPIED_IN_HASTE
    assert median(oncall) <= USUALLY_COPIED
    assert median(terse) <= USUALLY_COPIED


def test_noise_is_plentiful_and_in_four_languages() -> None:
    languages = Counter(one.id.split(".")[0] for one in distractors())

    assert sum(languages.values()) == MANY >= 2_000
    assert set(languages) == {"en", "de", "es", "fr"}
    assert min(languages.values()) >= 300


def test_what_is_fitted_on_and_what_is_reported_on_have_no_cause_in_common() -> None:
    asked_of = questions(topics())

    halves = {half: {one.topic for one in asked_of if one.half == half} for half in (FIT, REPORT)}

    assert not halves[FIT] & halves[REPORT]
    assert min(len(half) for half in halves.values()) >= 30


def test_the_control_is_of_neither_half() -> None:
    blind = questions(control())

    assert {one.half for one in blind} == {CONTROL}
    assert not {one.topic for one in blind} & {topic.id for topic in topics()}


def test_every_cause_is_asked_about_in_three_ways_and_many_by_a_log() -> None:
    counts = Counter(one.asked for one in questions(topics()))

    assert counts[Asked.ONCALL] == counts[Asked.TERSE] == len(topics())
    assert counts[Asked.SIBLING] == sum(len(topic.incidents) for topic in topics())
    assert counts[Asked.LOG] >= 25


def _of(topic: Topic) -> tuple[Labelled, ...]:
    return (*topic.incidents, *topic.near, *topic.echoes)


def _copied(question: str, topic: Topic) -> float:
    return max(_share(question, one.declared) for one in topic.incidents)


def _common(one: Labelled, other: Labelled) -> float:
    """As they were declared."""
    return _share(one.declared, other.declared)


def _share(one: str, other: str) -> float:
    """Words in both, of all words of the two."""
    mine, theirs = set(asked(one)), set(asked(other))
    return len(mine & theirs) / len(mine | theirs)
