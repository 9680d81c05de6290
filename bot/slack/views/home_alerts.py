"""The App Home's part about alerts: sources that have gone quiet, and silences that go on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.slack import blocks as b
from bot.slack.text import literal, moment
from core.domain.silence import Silence
from core.language import say

END = "silence.end"
SOURCES, SILENCES = 5, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietLine:
    """A source that is silent for longer than it may be."""

    name: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertSight:
    """`total` counts all silences that go on; whoever may not end them is offered no button."""

    quiet: Sequence[QuietLine] = ()
    silences: Sequence[Silence] = ()
    total: int = 0
    may_end: bool = True


def alert_blocks(sight: AlertSight) -> list[b.Block]:
    """Nothing where there is nothing to know."""
    parts = [*_quiet(sight.quiet), *_silences(sight)]
    return [b.header(say("Alerts")), *parts] if parts else []


def _quiet(lines: Sequence[QuietLine]) -> list[b.Block]:
    said = [
        say(
            "🦗 *{name}* has said nothing since {since}.",
            name=literal(line.name, 200),
            since=moment(line.since),
        )
        for line in lines[:SOURCES]
    ]
    left = len(lines) - len(said)
    more = (
        [b.context(b.plain(say("{left} more sources are quiet.", left=left)))] if left > 0 else []
    )
    return [*(b.section(b.mrkdwn(one)) for one in said), *more]


def _silences(sight: AlertSight) -> list[b.Block]:
    shown = sight.silences[:SILENCES]
    left = sight.total - len(shown)
    more = [b.context(b.plain(say("{left} more silences go on.", left=left)))] if left > 0 else []
    return [*(_silence(one, sight.may_end) for one in shown), *more]


def _silence(silence: Silence, may_end: bool) -> b.Block:
    matchers = literal(", ".join(silence.matchers), 300)
    why = f" · {literal(silence.reason, 300)}" if silence.reason else ""
    until, who = moment(silence.ends_at), literal(silence.by, 100)
    text = say("🔕 Silenced until {until}", until=until)
    if silence.by:
        text = say("🔕 Silenced by {who} until {until}", who=who, until=until)
    text = f"{text}{why}\n{matchers}"
    end = b.button(
        say("End now"),
        action=END,
        value=silence.id,
        said=say("End now: {label}", label=silence.label),
    )
    line = b.section(b.mrkdwn(text), accessory=end if may_end else None)
    return line | {"block_id": f"silence.{silence.id}"}
