"""What begins to call somebody at one moment, and what each step on the way made of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Self

from core.domain.alert import Episode, GroupKey
from core.domain.ids import EpisodeId
from core.domain.incident import Incident
from core.usecases.ring import Said


@dataclass(slots=True, kw_only=True)
class Member:
    """An alert on its way: what it says of itself, and the episode that is kept of it. `hold` and
    `group_window` are seconds; None means as its source is set up."""

    said: Said
    episode: Episode
    hold: int | None = None
    group_window: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """An incident and the episodes that now belong to it."""

    incident: Incident
    episodes: tuple[Episode, ...]


def news_of(members: Iterable[Member]) -> list[Said]:
    """What an incident is told that these join: of what comes and goes it hears otherwise."""
    return [member.said for member in members if not member.episode.flapping]


@dataclass(slots=True, kw_only=True)
class Wave:
    """Each step takes out what it keeps from calling anybody; what is left at the end calls."""

    members: dict[EpisodeId, Member] = field(default_factory=dict)
    kept: list[Episode] = field(default_factory=list)
    called: list[Called] = field(default_factory=list)

    @classmethod
    def of(cls, begun: Iterable[tuple[Said, Episode]]) -> Self:
        return cls(members={e.id: Member(said=said, episode=e) for said, e in begun})

    def each(self) -> Iterator[tuple[EpisodeId, Member]]:
        """Those still on their way, which may be taken out meanwhile."""
        return iter(list(self.members.items()))

    def keep(self, episode: Episode) -> None:
        """It goes no further, and is put like this."""
        del self.members[episode.id]
        self.kept.append(episode)

    def join(self, incident: Incident, episodes: Iterable[Episode]) -> None:
        """They belong to the incident, and go no further."""
        joined = tuple(episodes)
        for episode in joined:
            del self.members[episode.id]
        self.called.append(Called(incident=incident, episodes=joined))

    def first_groups(self, count: int) -> None:
        """Whoever belongs to a later group stays where it was."""
        room: dict[GroupKey, None] = {}
        for id, member in self.each():
            if len(room) < count:
                room.setdefault(member.episode.group)
            if member.episode.group not in room:
                del self.members[id]

    @property
    def settled(self) -> list[Episode]:
        """All that was decided, to be put."""
        return [*self.kept, *(episode for one in self.called for episode in one.episodes)]
