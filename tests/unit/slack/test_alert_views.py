"""How alerts are shown in Slack, and that no text in them can do anything."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.slack import blocks as b
from bot.slack.text import literal
from bot.slack.views.alerts import alert_list, alerts_message, chosen, counted
from bot.slack.views.home_alerts import AlertSight, QuietLine, alert_blocks
from bot.slack.views.notices import source_notice, timeline_notice
from core.domain import events as e
from core.domain.actor import Actor, Surface
from core.domain.alert import Episode, Fate, Fingerprint
from core.domain.ids import EpisodeId, IncidentId, IntegrationId
from core.domain.severity import Severity
from core.domain.silence import Silence
from core.domain.state import State
from core.ports import AlertPage, AlertRow
from sandbox.validation.views import view_problems
from tests.unit.slack.cards import THEN, a_card, an_entry, an_incident
from tests.unit.slack.hostile import CORPUS, require_harmless

SOURCE = Actor(surface=Surface.WEBHOOK, name="Prometheus")


def an_episode(number: int = 1, **fields: Any) -> Episode:
    return Episode(
        **{
            "id": EpisodeId(f"alt_{number}"),
            "integration_id": IntegrationId("int_1"),
            "fingerprint": Fingerprint(f"f{number}"),
            "starts_at": THEN,
            "name": "High latency",
            "severity": Severity.HIGH,
            "summary": "p99 is at 2 s",
            "labels": {"alertname": "High latency", "instance": f"web-{number}"},
            "links": {},
            **fields,
        }
    )


def rows(*episodes: Episode) -> tuple[AlertRow, ...]:
    return tuple(AlertRow(episode=episode) for episode in episodes)


def lines(message: b.Message) -> list[str]:
    """What is said of each alert."""
    named = [block for block in message.blocks if block.get("block_id", "").startswith("alert.")]
    return [block["text"]["text"] for block in named if "text" in block]


def menu(message: b.Message) -> list[str]:
    """What the first alert offers."""
    options = next(block["accessory"] for block in message.blocks if "accessory" in block)
    return [option["text"]["text"] for option in options["options"]]


@pytest.mark.parametrize(
    ("total", "firing", "said"),
    [
        (1, 1, "1 alert, firing"),
        (1, 0, "1 alert, ended"),
        (12, 12, "12 alerts, all firing"),
        (12, 0, "12 alerts, all ended"),
        (12_000, 5, "12,000 alerts, 5 of them firing"),
    ],
)
def test_alerts_are_counted_in_words(total: int, firing: int, said: str) -> None:
    assert counted(total, firing) == said


def test_each_alert_says_how_bad_it_is_and_since_when() -> None:
    episode = an_episode(
        flapping=True,
        count=3,
        acknowledged_by="bob",
        fate=Fate.DISMISSED,
        fate_note="said Bob",
    )

    [line] = lines(alerts_message(a_card(alerts=1, firing=1), rows(episode)))

    assert line == (
        "🔥 *High latency* · High (SEV2) · firing since "
        f"<!date^{int(THEN.timestamp())}^{{date_short_pretty}} {{time}}|2026-11-20 12:03 UTC>"
        " · comes and goes · said 3 times · acknowledged by bob\np99 is at 2 s"
        "\n↳ No incident, said Bob"
    )


def test_what_ended_says_how_long_it_fired() -> None:
    episode = an_episode(ends_at=THEN + timedelta(minutes=47))

    [line] = lines(alerts_message(a_card(alerts=1), rows(episode)))

    assert "✅ *High latency*" in line
    assert " after 47 min" in line


def test_alerts_of_one_name_are_told_apart_by_their_labels() -> None:
    episodes = [an_episode(n, summary="") for n in (1, 2)]

    told = [
        line.splitlines()[1] for line in lines(alerts_message(a_card(alerts=2), rows(*episodes)))
    ]

    assert told == ["instance: web-1", "instance: web-2"]


def test_ten_are_listed_and_the_others_counted() -> None:
    message = alerts_message(
        a_card(alerts=10_000, firing=10_000), rows(*(an_episode(n) for n in range(11)))
    )

    assert len(lines(message)) == 10
    assert "and 9,990 more; “/incident alerts INC-7” shows them." in str(message.blocks[-1])


def test_the_only_alert_of_an_incident_cannot_be_split_off() -> None:
    one = alerts_message(a_card(alerts=1, firing=1), rows(an_episode()))
    two = alerts_message(a_card(alerts=2, firing=2), rows(an_episode(), an_episode(2)))

    assert menu(one) == ["Not an incident", "Silence 1 h"]
    assert menu(two) == ["Not an incident", "Silence 1 h", "Split off"]


@pytest.mark.parametrize("state", [State.RESOLVED, State.CLOSED, State.CANCELED])
def test_nothing_can_be_done_with_the_alerts_of_what_is_over(state: State) -> None:
    message = alerts_message(a_card(an_incident(state=state), alerts=1), rows(an_episode()))

    assert [block for block in message.blocks if "accessory" in block] == []


def test_a_menu_says_what_is_to_be_done_with_which_alert() -> None:
    message = alerts_message(a_card(alerts=1, firing=1), rows(an_episode(5)))

    options = next(
        block["accessory"]["options"] for block in message.blocks if "accessory" in block
    )

    assert [chosen(option["value"]) for option in options] == [
        ("dismiss", "alt_5"),
        ("silence", "alt_5"),
    ]


def test_a_page_leads_to_the_older_ones_and_back_to_the_newest() -> None:
    page = AlertPage(rows=rows(an_episode(3), an_episode(4)), more=True)

    message = alert_list(a_card(alerts=9, firing=9), page, firing=True, after=EpisodeId("alt_2"))

    values = [button["value"] for button in message.blocks[-1]["elements"]]
    assert values == ["alerts INC-7 firing", "alerts INC-7 firing after alt_4"]


def test_a_page_that_is_all_has_no_other_pages() -> None:
    page = AlertPage(rows=rows(an_episode(), an_episode(2)), more=False)

    message = alert_list(a_card(alerts=2, firing=2), page, firing=False, after=None)

    assert [block["type"] for block in message.blocks] == ["section", "section", "section"]


@pytest.mark.parametrize(
    ("firing", "said"),
    [(True, "INC-7 has no alert that fires."), (False, "INC-7 has no alerts to show.")],
)
def test_an_empty_page_says_so(firing: bool, said: str) -> None:
    message = alert_list(a_card(), AlertPage(rows=(), more=False), firing=firing, after=None)

    assert message.text == said


@pytest.mark.parametrize("text", CORPUS)
def test_whatever_a_source_says_does_nothing(text: str) -> None:
    episodes = [
        an_episode(
            n,
            name=text[:200],
            summary=text if n % 2 else "",
            labels={text[:50]: text},
            acknowledged_by=text[:100],
        )
        for n in range(10)
    ]
    card = a_card(an_incident(title=text[:500]), alerts=99, firing=50)
    page = AlertPage(rows=rows(*episodes), more=True)
    event = e.AlertsNotified(
        by=SOURCE,
        at=THEN,
        integration_id=IntegrationId("int_1"),
        name=text[:200],
        rule=text[:200],
        channel="ops",
        count=1,
        names=(text[:200],),
    )

    require_harmless(
        [
            alerts_message(card, page.rows),
            alert_list(card, page, firing=False, after=EpisodeId("alt_0")),
            source_notice(an_entry(event), literal(text, 800)),
        ]
    )


@pytest.mark.parametrize("text", CORPUS)
def test_a_notice_that_calls_somebody_calls_nobody_else(text: str) -> None:
    event = e.AlertsFired(
        by=SOURCE,
        at=THEN,
        incident_id=IncidentId("inc_7"),
        count=1,
        names=(text[:200],),
        calls=True,
    )

    message = timeline_notice(an_entry(event), called="U0ALICE")

    assert message.text.startswith("<@U0ALICE> 🔔 The alert ")
    require_harmless([message], frozenset({"<@U0ALICE>"}))


def a_silence(number: int = 1, text: str = "") -> Silence:
    return Silence(
        id=f"sil_{number}",
        created_at=THEN,
        updated_at=THEN,
        matchers=(text or 'team="payments"',),
        ends_at=THEN + timedelta(hours=1),
        reason=text or "We know.",
        by=text or "Alice Archer",
    )


def test_the_home_shows_who_silenced_what_until_when() -> None:
    [header, line] = alert_blocks(AlertSight(silences=[a_silence()], total=1))

    assert header["text"]["text"] == "Alerts"
    assert line["text"]["text"].startswith("🔕 Silenced by Alice Archer until <!date^")
    assert line["text"]["text"].endswith(' · We know.\nteam="payments"')
    assert (line["accessory"]["text"]["text"], line["accessory"]["value"]) == ("End now", "sil_1")


def test_who_may_not_end_a_silence_has_no_button_for_it() -> None:
    [_, line] = alert_blocks(AlertSight(silences=[a_silence()], total=1, may_end=False))

    assert "accessory" not in line


def test_the_home_names_sources_that_have_gone_quiet() -> None:
    [_, line] = alert_blocks(AlertSight(quiet=[QuietLine(name="Prometheus", since=THEN)]))

    assert line["text"]["text"].startswith("🦗 *Prometheus* has said nothing since <!date^")


def test_a_home_without_trouble_does_not_speak_of_alerts() -> None:
    assert alert_blocks(AlertSight()) == []


@pytest.mark.parametrize("text", CORPUS)
def test_many_silences_and_sources_fit_into_the_home(text: str) -> None:
    sight = AlertSight(
        quiet=[QuietLine(name=text, since=THEN)] * 9,
        silences=[a_silence(n, text) for n in range(9)],
        total=40,
    )

    blocks = alert_blocks(sight)

    assert len(blocks) == 13
    assert "35 more silences go on." in str(blocks[-1])
    assert list(view_problems(b.home(blocks, memory=""), "home")) == []


def test_a_silence_that_was_never_given_a_reason_has_none() -> None:
    [_, line] = alert_blocks(AlertSight(silences=[replace(a_silence(), reason="")], total=1))

    assert " · " not in line["text"]["text"]
