"""All tasks of an incident as one reader leafs through them."""

from bot.slack import blocks as b
from bot.slack.tasks.pages import Leaf
from bot.slack.text import literal
from bot.slack.views.lists import RUN
from bot.slack.views.tasks import TaskList, done_button, heading, task_line, wishes
from core.domain.follow_up import FollowUpStatus
from core.domain.task_list import Task
from core.language import say, say_many


def tasks_page(shown: TaskList, leaf: Leaf) -> b.Message:
    told = heading(shown)
    rows = [_row(task, shown, leaf.place) for task in leaf.tasks]
    paged = [*_where(leaf), *_turning(shown, leaf)] if leaf.total > len(leaf.tasks) else []
    blocks = [b.section(b.plain(told)), *rows, *_before(shown), *paged, wishes(shown, leaf.place)]
    return b.Message(text=literal(told), blocks=blocks)


def _row(task: Task, shown: TaskList, place: str) -> b.Block:
    line = task_line(task, shown)
    if task.what.outstanding:
        return b.section(
            b.mrkdwn(line), accessory=done_button(task, shown.incident.reference, place)
        )
    done = task.what.status is FollowUpStatus.COMPLETED
    became = say("done") if done else say("nobody will do it")
    return b.section(b.mrkdwn(f"{line} · {became}"))


def _where(leaf: Leaf) -> list[b.Block]:
    text = say(
        "{first} to {last} of {count}, open ones first.",
        first=leaf.first,
        last=leaf.first + len(leaf.tasks) - 1,
        count=leaf.total,
    )
    return [b.context(b.plain(text))]


def _before(shown: TaskList) -> list[b.Block]:
    """Of very many, Slack knows the newest."""
    older = shown.tasks[0].number - 1 if shown.tasks else 0
    if not older:
        return []
    text = say_many(
        "The oldest task is read and changed over the API.",
        "The {count} oldest tasks are read and changed over the API.",
        older,
    )
    return [b.context(b.plain(text))]


def _turning(shown: TaskList, leaf: Leaf) -> list[b.Block]:
    buttons = [
        b.button(label, action=f"{RUN}.{name}", value=_typed(shown, place))
        for name, label, place in (
            ("earlier", say("Earlier"), leaf.earlier),
            ("later", say("Later"), leaf.later),
        )
        if place is not None
    ]
    return [b.actions(buttons, id="tasks.pages")]


def _typed(shown: TaskList, place: str) -> str:
    line = f"tasks {shown.incident.reference}"
    return f"{line} after {place}" if place else line
