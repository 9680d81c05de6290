"""Previews of links that show an incident where they stand, noted so that they can be taken back.

They are noted beside the incident, not among what stands of it: everything that keeps those true
need not walk through them.
"""

from dataclasses import dataclass

from core.domain.ids import ChannelId, IncidentId
from core.ports import Posting

PREVIEW = "preview"
COMPOSER = "composer"
"""Where somebody still writes: what is shown there belongs to no message yet. Slack tells of the
link once more when it is sent."""

MOST_NOTED = 500
"""Of one incident; what cannot be noted is not shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLinks:
    """Links of one message, as Slack spelled them when it told of them, under the name it gave to
    that."""

    unfurl_id: str
    channel_id: ChannelId
    ts: str
    links: tuple[str, ...]

    @property
    def role(self) -> str:
        return f"{PREVIEW}:{self.unfurl_id}"

    @property
    def note(self) -> Posting:
        said = " ".join([self.ts, *self.links])
        return Posting(role=self.role, channel_id=self.channel_id, ts=said)

    @property
    def no_note(self) -> Posting:
        """Nothing stands there after all."""
        return Posting(role=self.role, channel_id=self.channel_id, ts="")


def lane_of(incident_id: IncidentId) -> str:
    return f"previews:{incident_id}"


def shown_by(note: Posting) -> ShownLinks:
    ts, *links = note.ts.split()
    unfurl_id = note.role.removeprefix(f"{PREVIEW}:")
    return ShownLinks(unfurl_id=unfurl_id, channel_id=note.channel_id, ts=ts, links=tuple(links))
