"""Installing the app: the tokens it gets, for its bot and for the person who installs it."""

from sandbox.credentials import Credentials
from sandbox.manifest import App
from sandbox.model.workspace import Workspace

APP_TOKEN_SCOPES = frozenset({"connections:write"})


def install(app: App, workspace: Workspace, credentials: Credentials) -> None:
    """Give the app its tokens; what it had before works again."""
    bot = workspace.team.bot_user_id
    credentials.grant("bot", bot, app.bot_scopes)
    credentials.grant("app", bot, APP_TOKEN_SCOPES)
    if credentials.user_token:
        credentials.grant("user", installer_of(workspace), app.user_scopes)


def installer_of(workspace: Workspace) -> str:
    """The first person of the workspace, who administers it."""
    return next(user.id for user in workspace.users.values() if not user.is_bot)
