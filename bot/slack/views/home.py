"""The App Home: what goes on, what is coming, and the month as a calendar."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.slack import blocks as b
from bot.slack.maintenance.times import period
from bot.slack.views import maintenance_parts as parts
from bot.slack.views.calendar import Month, Slot, grid, legend
from bot.slack.views.home_alerts import AlertSight, alert_blocks
from bot.slack.views.home_incidents import IncidentSight, incident_blocks
from bot.slack.views.home_search import search_blocks
from bot.slack.views.maintenance_lists import window_text
from core.language import say
from core.ports import MaintenanceRow
from core.views import LikenessRow

DECLARE, SCHEDULE = "home.declare", "home.schedule"
EARLIER, THIS_MONTH, LATER = "home.earlier", "home.this_month", "home.later"
SETTINGS = "home.settings"
WINDOWS, SLOTS = 4, 40


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeSight:
    """What one reader sees. `windows` run or come next, `slots` lie in the month, `zone` is
    the reader's; `notice` says how the last press went, `asked` what is looked for and `found`
    what has to do with it. Whoever may not declare incidents or change windows is offered
    neither; `settings` say what holds, for those who may change it."""

    incidents: IncidentSight
    windows: Sequence[MaintenanceRow]
    slots: Sequence[Slot]
    month: Month
    today: date
    zone: str
    notice: str = ""
    asked: str = ""
    found: Sequence[LikenessRow] = ()
    may_declare: bool = True
    may_maintain: bool = True
    alerts: AlertSight = field(default_factory=AlertSight)
    settings: str = ""


def home_view(sight: HomeSight) -> b.View:
    blocks = [
        *([b.section(b.plain(sight.notice))] if sight.notice else []),
        *_doors(sight),
        *search_blocks(sight.asked, sight.found),
        *incident_blocks(sight.incidents),
        *alert_blocks(sight.alerts),
        b.header(say("Maintenance")),
        *_windows(sight.windows, sight.may_maintain),
        *_calendar(sight),
        *_settings(sight.settings),
    ]
    return b.home(blocks, memory=f"{sight.month.key} {sight.asked}".strip())


def home_saying(sentence: str) -> b.View:
    return b.home([b.section(b.plain(sentence))], memory="")


def _doors(sight: HomeSight) -> list[b.Block]:
    declare = b.button(say("Declare an incident"), action=DECLARE, value="declare")
    schedule = b.button(say("Schedule maintenance"), action=SCHEDULE, value="schedule")
    offered = [declare] * sight.may_declare + [schedule] * sight.may_maintain
    return [b.actions(offered, id="home.doors")] if offered else []


def _more(count: int, command: str) -> list[b.Block]:
    if count <= 0:
        return []
    told = say("{count} more: “{command}”.", count=count, command=command)
    return [b.context(b.plain(told))]


def _windows(rows: Sequence[MaintenanceRow], may_maintain: bool) -> list[b.Block]:
    if not rows:
        return [b.section(b.plain(say("No maintenance is running or coming.")))]
    blocks: list[b.Block] = []
    for row in rows[:WINDOWS]:
        blocks += _window(row, may_maintain)
    return [*blocks, *_more(len(rows) - WINDOWS, "/maintenance list")]


def _window(row: MaintenanceRow, may_maintain: bool) -> list[b.Block]:
    window = row.maintenance
    show = parts.button(window, say("Details"), parts.SHOW)
    offered = parts.buttons(window) if may_maintain else []
    buttons = [block | {"block_id": f"home.{window.id}"} for block in offered]
    return [b.section(b.mrkdwn(window_text(row)), accessory=show), *buttons]


def _calendar(sight: HomeSight) -> list[b.Block]:
    month = sight.month
    slots = grid(month, sight.slots, sight.today, sight.zone)
    return [
        b.header(say("Calendar: {month}", month=month.name)),
        b.actions(
            [
                _turn(say("Earlier"), EARLIER, month.moved(-1)),
                b.button(say("This month"), action=THIS_MONTH, value="now"),
                _turn(say("Later"), LATER, month.moved(1)),
            ],
            id="home.month",
        ),
        b.preformatted(slots),
        b.context(b.plain(legend()), b.plain(say("All times: {zone}", zone=sight.zone))),
        *_agenda(sight),
    ]


def _turn(label: str, action: str, month: Month) -> b.Element:
    return b.button(label, action=action, value=month.key, said=f"{label}: {month.name}")


def _agenda(sight: HomeSight) -> list[b.Block]:
    if not sight.slots:
        return [b.section(b.plain(say("No maintenance in {month}.", month=sight.month.name)))]
    lines = [_slot(slot, sight.zone) for slot in sight.slots[:SLOTS]]
    if len(sight.slots) > SLOTS:
        left = len(sight.slots) - SLOTS
        lines.append(say("{count} more are not shown.", count=left))
    return [b.section(b.plain("\n".join(lines[n : n + 10]))) for n in range(0, len(lines), 10)]


def _slot(slot: Slot, zone: str) -> str:
    """The day stands first, as in the grid; the zone is said once, above."""
    times = period(slot.start, slot.end, zone).rpartition(" (")[0]
    how = _how(slot)
    return f"{times}  {slot.reference} {slot.title[:120]} {how}".rstrip()


def _how(slot: Slot) -> str:
    if slot.running:
        return say("(in progress)")
    return say("(repeats)") if slot.again else ""


def _settings(summary: str) -> list[b.Block]:
    """For those who may change them."""
    if not summary:
        return []
    change = b.button(say("Change settings"), action=SETTINGS, value="settings")
    return [b.header(say("Settings")), b.section(b.mrkdwn(summary), accessory=change)]
