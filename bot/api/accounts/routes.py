"""Every route of accounts."""

from bot.api.accounts.desk import Desk
from bot.api.accounts.invitation_routes import Invitations
from bot.api.accounts.joining import Joining
from bot.api.accounts.key_routes import Keys
from bot.api.accounts.organization_routes import Organizations
from bot.api.accounts.password_routes import PasswordRoutes
from bot.api.accounts.sign_in import Sessions
from bot.api.accounts.user_routes import Users
from bot.api.doors import Doors


class Accounts:
    def __init__(self, doors: Doors, desk: Desk) -> None:
        self._doors = doors
        self._desk = desk

    def register(self) -> None:
        for kind in (Sessions, Joining, PasswordRoutes, Users, Invitations, Organizations):
            kind(self._doors, self._desk).register()
        Keys(self._doors).register()
