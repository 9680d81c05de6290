"""Sessions, invitations, password resets and plans."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import (
    moment,
    moments,
    number,
    organization,
    refers,
    text,
    texts,
    unique,
)
from storage.types import UtcDateTime

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    for add in (_standing_of_users, _networks_of_keys, _plans, _invitations, _sessions, _resets):
        add()


def _standing_of_users() -> None:
    for column in (
        sa.Column("state", sa.Text, nullable=False, server_default="active"),
        sa.Column("failed_logins", sa.Integer, nullable=False, server_default="0"),
        sa.Column("locked_until", UtcDateTime, nullable=True),
        sa.Column("last_login_at", UtcDateTime, nullable=True),
    ):
        op.add_column("users", column)
    op.create_index("ix_users_email", "users", ["email"])


def _networks_of_keys() -> None:
    op.add_column("api_keys", sa.Column("networks", sa.Text, nullable=False, server_default="[]"))


def _plans() -> None:
    op.create_table(
        "plans",
        organization(primary_key=True),
        text("name"),
        number("requests_per_minute_user"),
        number("requests_per_minute_organization"),
    )


def _invitations() -> None:
    op.create_table(
        "invitations",
        text("id", primary_key=True),
        organization(),
        *texts("email", "role", "hash"),
        moment("created_at", nullable=False),
        moment("expires_at", nullable=False),
        refers("invited_by", "users", nullable=True),
        *moments("accepted_at", "revoked_at"),
        number("version"),
        unique("invitations", "hash"),
    )
    op.create_index("ix_invitations_newest", "invitations", ["organization_id", "created_at"])


def _sessions() -> None:
    op.create_table(
        "sessions",
        text("id", primary_key=True),
        organization(),
        refers("user_id", "users"),
        *(moment(name, nullable=False) for name in ("created_at", "last_used_at", "expires_at")),
        text("token_id"),
        moment("revoked_at"),
    )
    op.create_index("ix_sessions_of_user", "sessions", ["user_id"])
    op.create_index("ix_sessions_expired", "sessions", ["expires_at"])


def _resets() -> None:
    op.create_table(
        "password_resets",
        text("id", primary_key=True),
        organization(),
        refers("user_id", "users"),
        text("hash"),
        *(moment(name, nullable=False) for name in ("created_at", "expires_at")),
        moment("used_at"),
        unique("password_resets", "hash"),
    )
    op.create_index("ix_password_resets_of_user", "password_resets", ["user_id"])
    op.create_index("ix_password_resets_expired", "password_resets", ["expires_at"])
