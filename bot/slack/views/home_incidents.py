"""The App Home's part about incidents: what needs the reader, what is theirs, what else goes on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.slack import blocks as b
from bot.slack.text import channel_link, literal, moment
from bot.slack.views import parts
from bot.slack.views.card import incident_card
from bot.slack.views.words import marked_status, marked_title
from core.domain.ids import IncidentId
from core.domain.needs import Need, Wait
from core.domain.state import State
from core.language import known, say
from core.views import IncidentCard, IncidentRow

DETAILS, ALL = "home.details", "home.all"
MINE_ALL, OTHERS_ALL = "mine", "others"
"""What is asked for with `ALL`: the value of its button."""

DONE = "tasks.done"
NEEDS, MINE, OTHERS, LISTED = 6, 4, 5, 90


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentSight:
    """`mine` and `others` are the worst first, `total` counts all that go on. `roles` are those of
    the reader in each of theirs, `references` are of what the needs are about; whoever may not
    change incidents is offered no more than to look."""

    needs: Sequence[Need] = ()
    mine: Sequence[IncidentRow] = ()
    others: Sequence[IncidentRow] = ()
    total: int = 0
    roles: Mapping[IncidentId, Sequence[str]] = field(default_factory=dict)
    references: Mapping[IncidentId, str] = field(default_factory=dict)
    may_act: bool = True


def incident_blocks(sight: IncidentSight) -> list[b.Block]:
    mine = _rows(sight, sight.mine, MINE, MINE_ALL, len(sight.mine))
    others = sight.total - len(sight.mine)
    return [
        b.header(say("What needs you")),
        *_needs(sight),
        *([b.header(say("My incidents")), *mine] if mine else []),
        b.header(say("Other active incidents") if mine else say("Active incidents")),
        *(_rows(sight, sight.others, OTHERS, OTHERS_ALL, others) or [_nothing(bool(mine))]),
    ]


def details(card: IncidentCard) -> b.View:
    """Everything about one, where no message can be shown."""
    shown = [block for block in incident_card(card).blocks if block["type"] != "actions"]
    channel = card.incident.channel_id
    where = say("Its channel: {channel}", channel=channel_link(channel)) if channel else ""
    link = [b.section(b.mrkdwn(where))] if where else []
    return b.modal(card.incident.reference, [*shown, *link])


def list_title(which: str) -> str:
    return say("My incidents") if which == MINE_ALL else say("Active incidents")


def list_view(sight: IncidentSight, which: str) -> b.View:
    """All of them, as far as a view holds them, where no message can be shown."""
    rows = sight.mine if which == MINE_ALL else sight.others
    total = len(rows) if which == MINE_ALL else sight.total - len(sight.mine)
    shown = [b.section(b.mrkdwn(_line(sight, row))) for row in rows[:LISTED]]
    more = _more(total - len(shown), "/incident list")
    beside = which != MINE_ALL and bool(sight.mine)
    title = say("Other active incidents") if beside else list_title(which)
    return b.modal(title, [*(shown or [_nothing(beside)]), *more])


def _needs(sight: IncidentSight) -> list[b.Block]:
    if not sight.needs:
        return [b.section(b.plain(say("Nothing waits for you.")))]
    rows = [_need(sight, need, f"need.{place}") for place, need in enumerate(sight.needs[:NEEDS])]
    return [*rows, *_more(len(sight.needs) - NEEDS)]


def _need(sight: IncidentSight, need: Need, id: str) -> b.Block:
    reference = sight.references.get(need.incident_id, "")
    offer = _offer(need, reference) if sight.may_act else None
    if need.task:
        heading = f"*{literal(need.task.title, 300)}*"
        text = f"{heading}\n{literal(reference)} · {_told(need)}" if reference else heading
    else:
        row = next(one for one in [*sight.mine, *sight.others] if one.id == need.incident_id)
        text = f"{_called(row)}\n{_told(need)}"
    return b.section(b.mrkdwn(text), accessory=offer) | {"block_id": id}


def _told(need: Need) -> str:
    at = moment(need.at) if need.at else ""
    match need.wait:
        case Wait.UPDATE:
            return say("⏰ An update has been due since {at}.", at=at)
        case Wait.UPDATE_SOON:
            return say("The next update is due {at}.", at=at)
        case Wait.ACKNOWLEDGE if need.service:
            service = literal(need.service, 200)
            return say("⚠️ Nobody has acknowledged it since {at}; {service} is yours.",
                       at=at, service=service)  # fmt: skip
        case Wait.ACKNOWLEDGE if need.declared:
            return say("⚠️ You declared it, and nobody has acknowledged it since {at}.", at=at)
        case Wait.LEAD:
            return say("🧭 You declared it, and nobody leads it yet.")
        case Wait.ACKNOWLEDGE:
            return say("⚠️ It is assigned to you, and not acknowledged since {at}.", at=at)
        case Wait.TASK_DUE:
            return say("⏰ This task of yours has been due since {at}.", at=at)
        case _:
            return say("Your task, due {at}.", at=at) if at else say("Your task.")


def _offer(need: Need, reference: str) -> b.Element:
    if need.task:
        said = say("Done: {title}", title=need.task.title)
        return b.button(say("Done"), action=DONE, value=need.task.id, said=said)
    if need.wait is Wait.ACKNOWLEDGE:
        return _button(say("Acknowledge"), parts.ACKNOWLEDGE, need.incident_id, reference)
    if need.wait is Wait.LEAD:
        return _button(say("I take it"), parts.ASSIGN_ME, need.incident_id, reference)
    return _button(say("Post an update"), parts.UPDATE, need.incident_id, reference)


def _rows(
    sight: IncidentSight,
    rows: Sequence[IncidentRow],
    most: int,
    where: str,
    total: int,
) -> list[b.Block]:
    blocks: list[b.Block] = []
    for row in rows[:most]:
        blocks += [
            b.section(b.mrkdwn(_line(sight, row))),
            b.actions(_buttons(sight, row), id=f"{where}.{row.id}"),
        ]
    return [*blocks, *([_all(where, total)] if total > min(len(rows), most) else [])]


def _all(where: str, total: int) -> b.Block:
    button = b.button(say("Show all {count}", count=total), action=ALL, value=where)
    return b.actions([button], id=f"{where}.all")


def _line(sight: IncidentSight, row: IncidentRow) -> str:
    facts = [marked_status(row), row.severity.label]
    own = [literal(known(name), 100) for name in sight.roles.get(row.id, ())]
    if own:
        facts.append(say("you: {roles}", roles=", ".join(own)))
    elif row.assignee_name:
        facts.append(say("lead: {name}", name=literal(row.assignee_name, 100)))
    else:
        facts.append(say("no lead yet"))
    if row.channel_id:
        facts.append(channel_link(row.channel_id))
    return f"{_called(row)}\n{' · '.join(facts)}"


def _called(row: IncidentRow) -> str:
    return f"*{row.reference}* {marked_title(row, 300)}"


def _buttons(sight: IncidentSight, row: IncidentRow) -> list[b.Element]:
    look = _button(say("Details"), DETAILS, row.id, row.reference)
    if not sight.may_act:
        return [look]
    first = (
        [b.styled(_button(say("Acknowledge"), parts.ACKNOWLEDGE, row.id, row.reference), "primary")]
        if row.state is State.OPEN
        else []
    )
    return [*first, _button(say("Update"), parts.UPDATE, row.id, row.reference), look]


def _button(label: str, action: str, id: IncidentId, reference: str) -> b.Element:
    return b.button(label, action=action, value=id, said=f"{label}: {reference}")


def _more(count: int, command: str = "") -> list[b.Block]:
    if count <= 0:
        return []
    if not command:
        return [b.context(b.plain(say("{count} more are not shown.", count=count)))]
    told = say("{count} more: “{command}”.", count=count, command=command)
    return [b.context(b.plain(told))]


def _nothing(beside: bool) -> b.Block:
    told = say("No other incident is active.") if beside else say("No incident is active.")
    return b.section(b.plain(told))
