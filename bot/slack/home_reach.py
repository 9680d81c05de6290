"""Which incidents the App Home of one person looks at, where more go on than can be shown."""

from dataclasses import replace

from bot.slack.gesture import Person
from bot.slack.roles.known import taking_part
from bot.slack.targets import Targets
from core.domain.severity import Severity
from core.domain.state import ACTIVE
from core.ports import ReadModels
from core.views import IncidentPage, IncidentQuery

MOST = 200
WORST = frozenset({Severity.CRITICAL, Severity.HIGH})


async def going_on(
    targets: Targets, reads: ReadModels, person: Person, most: int = MOST
) -> IncidentPage:
    """The worst first, and the newest first among those that are as bad. Where there are more than
    `most`, the worst and the reader's own are among them however old they are."""
    query, reader = IncidentQuery(states=ACTIVE, limit=most), person.caller.actor.user_id
    page = await targets.listed(person, query)
    queries = [replace(query, severities=WORST)] if page.more else []
    if page.more and reader:
        own = await taking_part(reads, person.caller.organization_id, reader)
        queries.append(replace(query, conditions=own, match_any=True))
    pages = [page, *[await targets.listed(person, one) for one in queries]]
    rows = {row.id: row for one in pages for row in one.rows}.values()
    newest = sorted(rows, key=lambda row: (row.created_at, row.id), reverse=True)
    return replace(page, rows=tuple(sorted(newest, key=lambda row: -row.severity.rank)))
