"""In which language an organisation is spoken to, and how good its catalogue is."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.languages import Languages, catalogue_of
from core.bus import CommandBus
from core.commands.settings import EditIncidentSettings
from core.domain.day_words import month_short, weekday_short
from core.domain.ids import OrganizationId
from core.domain.recurrence_words import spoken as spoken_rule
from core.domain.wording import and_more, joined, minute, spoken
from core.language import ENGLISH, speaking
from core.ports import RecordPage, RecordQuery
from core.ports.records import K
from tests.fakes.moment import FakeClock
from tests.fakes.people import the_operator
from tests.fakes.reading import FakeReadModels
from tests.fakes.store import FakeStore

GERMAN = catalogue_of("de")
ORGANIZATION = OrganizationId("org_1")


@dataclass(frozen=True, slots=True)
class Counted(FakeReadModels):
    """`knows` whether anything changed; `asked` is what was read."""

    knows: bool = field(default=True, kw_only=True)
    asked: list[type[Any]] = field(default_factory=list, kw_only=True)

    async def stamp(self) -> int | None:
        return self.rows.commits if self.knows else None

    async def records(
        self, organization_id: OrganizationId, kind: type[K], query: RecordQuery
    ) -> RecordPage[K]:
        self.asked.append(kind)
        return await FakeReadModels.records(self, organization_id, kind, query)


async def test_it_is_what_the_settings_say() -> None:
    store = FakeStore()
    languages = Languages(store.reads)
    before = await languages.of(ORGANIZATION)
    operator = the_operator(ORGANIZATION)

    bus = CommandBus(store.transactions, FakeClock())
    await bus.execute(EditIncidentSettings(caller=operator, language="de"))

    assert before is ENGLISH
    assert await languages.of(ORGANIZATION) is GERMAN


@pytest.mark.parametrize(("knows", "times"), [(True, 1), (False, 3)])
async def test_the_settings_are_read_once_where_it_is_known_that_nothing_changed(
    knows: bool, times: int
) -> None:
    store = FakeStore()
    reads = Counted(rows=store.rows, inbox=store.inbox, knows=knows)
    languages = Languages(reads)

    for _ in range(3):
        await languages.of(ORGANIZATION)

    assert len(reads.asked) == times


def test_a_language_that_nobody_speaks_here_is_english() -> None:
    assert catalogue_of("tlh") is ENGLISH
    assert catalogue_of("../de") is ENGLISH


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=DAILY", "jeden Tag"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH", "alle 2 Wochen am Dienstag und Donnerstag"),
        ("FREQ=MONTHLY;BYDAY=1SU;COUNT=12", "jeden Monat am ersten Sonntag, 12-mal"),
        ("FREQ=MONTHLY;BYMONTHDAY=3", "jeden Monat am 3."),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "jeden Monat am letzten Tag"),
        ("FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1", "jedes Jahr am 1. Mai"),
    ],
)
def test_rules_are_spoken_as_german_is(rule: str, words: str) -> None:
    with speaking(GERMAN):
        assert spoken_rule(rule) == words


def test_lists_durations_and_days_are_german() -> None:
    may = datetime(2026, 5, 5, 9, 30, tzinfo=UTC)

    with speaking(GERMAN):
        said = [
            joined(("A", "B", "C")),
            and_more(("A", "B"), 3),
            spoken(timedelta(hours=3, minutes=12)),
            f"{weekday_short(may)} {may.day}. {month_short(may)}",
            minute(may),
        ]

    assert said == [
        "A, B und C",
        "A, B und 3 weitere",
        "3 h 12 min",
        "Di. 5. Mai",
        "2026-05-05 09:30 UTC",
    ]
