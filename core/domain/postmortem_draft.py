"""The first draft of a postmortem, out of what is known of an incident; pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from core.domain.choice_words import labelled
from core.domain.chronicle import Line, LineKind
from core.domain.follow_up import FollowUp, FollowUpStatus
from core.domain.ids import UserId
from core.domain.incident import Incident
from core.domain.markdown import linked, literal, literal_lines
from core.domain.postmortem import MAX_BODY
from core.domain.postmortem_sections import FACT, Section, body_of, with_facts, with_section
from core.domain.wording import minute, spoken
from core.language import say

MOST_LINES = 300
"""Of the history; a postmortem is read by people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """A past incident that looked like it, and what fixed that one."""

    reference: str
    title: str
    resolution: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """All that is known. `people` are names, `players` who played which role, both as read then;
    `own_fields` are name → what the organisation's fields say; times are read in `timezone`."""

    incident: Incident
    people: Mapping[UserId, str]
    lead: str = ""
    players: Sequence[tuple[str, str]] = ()
    services: Sequence[str] = ()
    own_fields: Mapping[str, Sequence[str]] = field(default_factory=dict)
    lines: Sequence[Line] = ()
    tasks: Sequence[FollowUp] = ()
    alike: Sequence[Alike] = ()
    timezone: str = "UTC"


def title_of(story: Story) -> str:
    incident = story.incident
    return say(
        "Postmortem of {reference}: {title}", reference=incident.reference, title=incident.title
    )


def document_of(title: str, body: str) -> str:
    """With its title on top, for where no other place shows it."""
    return f"# {literal(title)}\n\n{body}"


def timeline() -> str:
    """The heading below which stands what happened."""
    return say("Timeline")


def tasks() -> str:
    """The heading below which stands what is to be done."""
    return say("Tasks")


def remembered() -> str:
    """The heading below which stands what people were asked for."""
    return say("What people remember")


def draft_of(story: Story) -> str:
    """As Markdown, in the language spoken now; what only people know is asked for in it."""
    full = _body(story, MOST_LINES)
    return full if len(full) <= MAX_BODY else _body(story, MOST_LINES // 6)[:MAX_BODY]


def redrawn(body: str, story: Story, *, timelines: Collection[str], tasks_: Collection[str]) -> str:
    """With its facts, timeline and tasks as they are known now; the rest stays as people wrote it.
    The headings are those that timeline and tasks may have, in whatever language it was drafted."""
    known = with_section(with_facts(body, _facts(story)), tasks(), _tasks(story), also=tasks_)
    full = with_section(known, timeline(), _timeline(story, MOST_LINES), also=timelines)
    if len(full) <= MAX_BODY:
        return full
    return with_section(known, timeline(), _timeline(story, MOST_LINES // 6), also=timelines)


def _body(story: Story, most: int) -> str:
    incident = story.incident
    return body_of(
        [
            Section(heading="", text=_facts(story)),
            _section(say("Summary"), incident.description, say("What happened, in a few words?")),
            _section(say("Impact"), "", say("Who was affected, how, and for how long?")),
            _section(say("Root cause"), incident.root_cause, say("Why did it happen?")),
            _section(say("What fixed it"), incident.resolution, say("What made it end?")),
            Section(heading=timeline(), text=_timeline(story, most)),
            Section(heading=tasks(), text=_tasks(story)),
            *_alike(story),
            *_links(story),
            _section(say("What went well"), "", say("What helped?")),
            _section(say("What went badly"), "", say("What cost time, and why?")),
            _section(say("What we change"), "", say("What makes this less likely or less bad?")),
            Section(heading=remembered(), text=""),
        ]
    )


def _section(heading: str, known: str, question: str) -> Section:
    return Section(heading=heading, text=literal_lines(known) if known else f"_{question}_")


def _facts(story: Story) -> str:
    incident = story.incident
    facts = [
        (say("Severity"), incident.severity.label),
        (say("Status"), say("Merged") if incident.merged_into else labelled(incident.state)),
        (say("Started"), minute(incident.created_at, story.timezone)),
        *_end(story),
        (say("Lead"), literal(story.lead) if story.lead else say("Nobody")),
        *((literal(role), literal(name)) for role, name in story.players),
        *([(say("Services"), literal(", ".join(story.services)))] if story.services else []),
        *([(say("Call"), linked(incident.call_url))] if incident.call_url else []),
        *((literal(name), _said(values)) for name, values in story.own_fields.items()),
    ]
    lines = [f"{FACT}{name}:** {value}" for name, value in facts]
    return "\n".join(lines)


def _said(values: Sequence[str]) -> str:
    return linked(values[0]) if len(values) == 1 else literal(", ".join(values))


def _end(story: Story) -> Iterable[tuple[str, str]]:
    incident = story.incident
    end = incident.resolved_at or incident.canceled_at or incident.closed_at
    if end:
        yield say("Ended"), minute(end, story.timezone)
        yield say("Lasted"), spoken(end - incident.created_at)


def _timeline(story: Story, most: int) -> str:
    shown = story.lines[:most]
    left = len(story.lines) - len(shown)
    lines = [f"- **{minute(line.at, story.timezone)}** {_told(line)}" for line in shown]
    if left > 0:
        lines.append(say("- and {count} more lines, in the timeline of the incident", count=left))
    return "\n".join(lines)


def _told(line: Line) -> str:
    files = f" ({literal(', '.join(line.files))})" if line.files else ""
    words = literal(line.text)
    if line.kind is LineKind.MESSAGE:
        words = say("{author} wrote: {text}", author=literal(line.author), text=words)
    return f"{words}{files}"


def _tasks(story: Story) -> str:
    wanted = [task for task in story.tasks if task.status is not FollowUpStatus.NOT_DOING]
    return "\n".join(_task(story, task) for task in wanted) or say("None so far.")


def _task(story: Story, task: FollowUp) -> str:
    box = "x" if task.status is FollowUpStatus.COMPLETED else " "
    owner = story.people.get(task.assignee_id, "") if task.assignee_id else ""
    due = minute(task.due_at, story.timezone) if task.due_at else ""
    about = [literal(owner)] if owner else []
    about += [say("due {at}", at=due)] if due else []
    return f"- [{box}] {literal(task.title)}" + (f" ({', '.join(about)})" if about else "")


def _alike(story: Story) -> list[Section]:
    if not story.alike:
        return []
    lines = [
        f"- **{one.reference}** {literal(one.title)}"
        + (f": {literal(one.resolution)}" if one.resolution else "")
        for one in story.alike
    ]
    return [Section(heading=say("Similar incidents"), text="\n".join(lines))]


def _links(story: Story) -> list[Section]:
    links = [f"- {linked(one)}" for one in story.incident.links]
    return [Section(heading=say("Links"), text="\n".join(links))] if links else []
