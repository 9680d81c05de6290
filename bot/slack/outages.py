"""Which channels that follow from afar cannot be reached, and since when.

It is noted of their organisation, beside what stands in Slack.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from core.domain.ids import ChannelId, OrganizationId
from core.domain.subscription import Subscription
from core.ports import ParcelId, Posting, Postings, ReadModels, RecordQuery

DIGEST, FOLLOW = "digest", "follow:"
"""Places: the digest channel, whichever it is, and the channels that follow something."""

MOST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """`channel` is empty for the digest, of which the settings say where it is."""

    channel: str
    since: datetime
    reason: str


def begun(place: str, since: datetime, reason: str, by: ParcelId) -> Posting:
    """The parcel that finds it out tells of it, and no other one does."""
    return Posting(role=place, channel_id=ChannelId(""), ts=f"{since.isoformat()}/{by} {reason}")


def over(place: str) -> Posting:
    return Posting(role=place, channel_id=ChannelId(""), ts="")


def begun_at(standing: Posting) -> datetime | None:
    since, _, _ = _first_word(standing).partition("/")
    return datetime.fromisoformat(since) if since else None


def is_told_by(standing: Posting, parcel: ParcelId) -> bool:
    return _first_word(standing).endswith(f"/{parcel}")


def _first_word(standing: Posting) -> str:
    return standing.ts.partition(" ")[0]


async def outages_of(
    postings: Postings, reads: ReadModels, organization_id: OrganizationId
) -> list[Outage]:
    """Those of channels that still follow something, the digest first."""
    standing = await postings.all_of(organization_id, organization_id)
    found = sorted(_outages(standing), key=lambda one: one.channel)[:MOST]
    following = await _following(reads, organization_id) if found else frozenset()
    return [one for one in found if not one.channel or one.channel in following]


def _outages(standing: Iterable[Posting]) -> Iterable[Outage]:
    places = (one for one in standing if one.role == DIGEST or one.role.startswith(FOLLOW))
    for one in places:
        channel = "" if one.role == DIGEST else one.role.removeprefix(FOLLOW)
        if since := begun_at(one):
            yield Outage(channel=channel, since=since, reason=one.ts.partition(" ")[2])


async def _following(reads: ReadModels, organization_id: OrganizationId) -> frozenset[str]:
    query, found = RecordQuery(limit=500), set[str]()
    while True:
        page = await reads.records(organization_id, Subscription, query)
        found |= {one.follower for one in page.rows}
        if not page.more:
            return frozenset(found)
        last = page.rows[-1]
        query = RecordQuery(limit=500, after=(last.created_at, last.id))
