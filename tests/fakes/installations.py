"""Installed workspaces in a dict."""

from dataclasses import dataclass, field

from core.domain.ids import TeamId
from core.ports import Installation


@dataclass(slots=True)
class FakeInstallations:
    rows: dict[TeamId, Installation] = field(default_factory=dict)

    async def find(self, team_id: TeamId) -> Installation | None:
        return self.rows.get(team_id)

    async def save(self, installation: Installation) -> None:
        self.rows[installation.team_id] = installation

    async def remove(self, team_id: TeamId) -> None:
        self.rows.pop(team_id, None)

    async def all(self) -> list[Installation]:
        return [self.rows[team_id] for team_id in sorted(self.rows)]
