"""The methods of people."""

from collections.abc import Mapping

from sandbox.facts.method import Method
from sandbox.facts.room_scopes import READ

USERS: Mapping[str, Method] = {
    "users.conversations": Method(
        tier="t3",
        lower_tier="t2",
        scopes=READ,
        user_scopes=READ,
        arguments=(
            "cursor",
            "exclude_archived",
            "exclude_muted",
            "limit",
            "team_id",
            "types",
            "user",
        ),
        errors=(
            "invalid_cursor",
            "invalid_limit",
            "invalid_types",
            "method_not_supported_for_channel_type",
            "missing_argument",
            "missing_scope",
        ),
        takes_json=False,
        reads=True,
    ),
    "users.getPresence": Method(
        tier="t3",
        lower_tier="t3",
        scopes=("users:read",),
        user_scopes=("users:read",),
        arguments=("user",),
        takes_json=False,
        reads=True,
    ),
    "users.info": Method(
        tier="t4",
        lower_tier="t4",
        scopes=("users:read",),
        user_scopes=("users:read",),
        required=("user",),
        arguments=(
            "include_locale",
            "user",
        ),
        errors=(
            "too_many_users",
            "user_not_found",
            "user_not_visible",
        ),
        takes_json=False,
        reads=True,
    ),
    "users.list": Method(
        tier="t2",
        lower_tier="t2",
        scopes=("users:read",),
        user_scopes=("users:read",),
        arguments=(
            "cursor",
            "include_locale",
            "limit",
            "team_id",
        ),
        errors=(
            "invalid_cursor",
            "limit_required",
            "missing_argument",
        ),
        takes_json=False,
        reads=True,
    ),
    "users.lookupByEmail": Method(
        tier="t3",
        lower_tier="t3",
        scopes=("users:read.email",),
        user_scopes=("users:read.email",),
        required=("email",),
        arguments=("email",),
        errors=("users_not_found",),
        takes_json=False,
        reads=True,
    ),
    "users.profile.get": Method(
        tier="t4",
        lower_tier="t4",
        scopes=("users.profile:read",),
        user_scopes=("users.profile:read",),
        arguments=(
            "include_labels",
            "user",
        ),
        errors=(
            "ratelimited",
            "token_revoked",
            "user_not_found",
        ),
        takes_json=False,
        reads=True,
    ),
}
