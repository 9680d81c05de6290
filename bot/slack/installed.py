"""Workspaces that installed the app through OAuth; their tokens are kept encrypted."""

from bot.encryption import Cipher, Unreadable
from bot.slack.workspaces import OpenGateway, Workspace
from core.domain.ids import OrganizationId, TeamId
from core.language import say
from core.ports import Undeliverable, Unreachable
from core.ports.installations import Installation, Installations


class InstalledWorkspaces:
    def __init__(
        self, installations: Installations, cipher: Cipher, open_gateway: OpenGateway
    ) -> None:
        self._installations = installations
        self._cipher = cipher
        self._open_gateway = open_gateway
        self._open: dict[str, tuple[Installation, Workspace]] = {}

    async def of_team(self, team_id: str) -> Workspace | None:
        """Asked anew each time: another replica may have seen the app go."""
        installation = await self._installations.find(TeamId(team_id))
        return self._workspace(installation) if installation else None

    async def of_organization(self, organization_id: OrganizationId) -> Workspace:
        for installation in await self._installations.all():
            if installation.organization_id == organization_id:
                return self._workspace(installation)
        raise Undeliverable(
            say("The Slack app is not installed; open /slack/install in a browser, then replay.")
        )

    async def connect(self) -> None:
        """Nothing to ask: Slack told who we are when the app was installed."""

    async def forget(self, team_id: str) -> None:
        await self._installations.remove(TeamId(team_id))
        self._open.pop(team_id, None)

    def _workspace(self, installation: Installation) -> Workspace:
        known, workspace = self._open.get(installation.team_id, (None, None))
        if workspace is None or known != installation:
            workspace = self._opened(installation)
            self._open[installation.team_id] = (installation, workspace)
        return workspace

    def _opened(self, installation: Installation) -> Workspace:
        try:
            token = self._cipher.decrypt(installation.token_ciphertext)
        except Unreadable as unreadable:
            raise Unreachable(str(unreadable)) from unreadable
        return Workspace(
            team_id=installation.team_id,
            organization_id=installation.organization_id,
            bot_user_id=installation.bot_user_id,
            bot_id=installation.bot_id,
            token=token,
            gateway=self._open_gateway(token, installation.team_id),
        )
