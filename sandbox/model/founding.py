"""A new workspace: three people, two channels and the app's bot."""

from sandbox.clock import Clock
from sandbox.ids import IdSource
from sandbox.manifest import App
from sandbox.model.channels import Channel, Note
from sandbox.model.people import Team, User
from sandbox.model.workspace import Workspace

PEOPLE = (
    ("alice", "Alice Archer", "Europe/Berlin", "Incident lead"),
    ("bob", "Bob Brook", "America/New_York", "Responder"),
    ("carol", "Carol Cole", "Asia/Kolkata", "Guest observer"),
)
CHANNELS = (
    ("general", "Everything that concerns everybody."),
    ("incidents", "Announcements of incidents and maintenance."),
)
SLACKBOT = "USLACKBOT"


def found_workspace(app: App, clock: Clock, ids: IdSource) -> Workspace:
    team = Team(
        id=ids.make("T"),
        name="Sandbox",
        domain="sandbox",
        app_id=ids.make("A"),
        bot_id=ids.make("B"),
        bot_user_id=ids.make("U"),
    )
    workspace = Workspace(team=team, clock=clock, ids=ids)
    workspace.unfurl_domains = app.unfurl_domains
    people = [_person(*row, workspace=workspace) for row in PEOPLE]
    bot = _bot(app, workspace)
    workspace.users = {user.id: user for user in (*people, bot, _slackbot(workspace))}
    for name, purpose in CHANNELS:
        _channel(name, purpose, people, workspace)
    return workspace


def _person(name: str, real_name: str, tz: str, title: str, *, workspace: Workspace) -> User:
    return User(
        id=workspace.ids.make("U"),
        name=name,
        real_name=real_name,
        email=f"{name}@example.com",
        tz=tz,
        title=title,
        is_admin=name == "alice",
        is_restricted=name == "carol",
        updated=workspace.seconds(),
    )


def _bot(app: App, workspace: Workspace) -> User:
    return User(
        id=workspace.team.bot_user_id,
        name=app.bot_name.lower().replace(" ", "_"),
        real_name=app.bot_name,
        is_bot=True,
        bot_id=workspace.team.bot_id,
        updated=workspace.seconds(),
    )


def _slackbot(workspace: Workspace) -> User:
    return User(
        id=SLACKBOT,
        name="slackbot",
        real_name="Slackbot",
        is_bot=True,
        updated=workspace.seconds(),
    )


def _channel(name: str, purpose: str, people: list[User], workspace: Workspace) -> None:
    channel = Channel(
        id=workspace.ids.make("C"),
        name=name,
        creator=people[0].id,
        created=workspace.seconds(),
        is_general=name == "general",
        purpose=Note(value=purpose, creator=people[0].id, last_set=workspace.seconds()),
        members=tuple(person.id for person in people),
    )
    workspace.channels[channel.id] = channel
    workspace.messages[channel.id] = {}
