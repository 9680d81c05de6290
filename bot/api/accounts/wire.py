"""People, organisations, keys and sessions as JSON."""

from typing import Any

from bot.web.times import instant
from core.domain.account import ApiKey, Organization, User
from core.domain.ids import OrganizationId
from core.domain.invitation import Invitation
from core.domain.plan import Plan
from core.domain.session import ACCESS_LASTS


def login_json(
    organization_id: OrganizationId, user: User, tokens: tuple[str, str]
) -> dict[str, Any]:
    access, refresh = tokens
    return {
        "access_token": access,
        "refresh_token": refresh,
        "token_type": "bearer",
        "expires_in": int(ACCESS_LASTS.total_seconds()),
        "user": profile_json(organization_id, user),
    }


def profile_json(organization_id: OrganizationId, user: User) -> dict[str, Any]:
    return {
        "id": user.id,
        "email": user.email,
        "name": user.name,
        "role": user.role,
        "organization_id": organization_id,
    }


def user_json(organization_id: OrganizationId, user: User) -> dict[str, Any]:
    return {
        **profile_json(organization_id, user),
        "state": user.state,
        "created_at": instant(user.created_at),
        "last_login_at": instant(user.last_login_at),
    }


def organization_json(organization: Organization) -> dict[str, Any]:
    return {
        "id": organization.id,
        "slug": organization.slug,
        "name": organization.name,
        "created_at": instant(organization.created_at),
    }


def plan_json(plan: Plan) -> dict[str, Any]:
    return {
        "name": plan.name,
        "requests_per_minute_user": plan.requests_per_minute_user,
        "requests_per_minute_organization": plan.requests_per_minute_organization,
    }


def invitation_json(invitation: Invitation) -> dict[str, Any]:
    return {
        "id": invitation.id,
        "email": invitation.email,
        "role": invitation.role,
        "created_at": instant(invitation.created_at),
        "expires_at": instant(invitation.expires_at),
        "invited_by": invitation.invited_by,
        "accepted_at": instant(invitation.accepted_at),
        "revoked_at": instant(invitation.revoked_at),
    }


def key_json(key: ApiKey) -> dict[str, Any]:
    """Without its secret, of which nothing is kept but the first characters."""
    return {
        "id": key.id,
        "name": key.name,
        "prefix": key.prefix,
        "permissions": list(key.scopes),
        "dialect": key.dialect,
        "ip_whitelist": list(key.networks),
        "created_at": instant(key.created_at),
        "created_by": key.created_by,
        "expires_at": instant(key.expires_at),
        "revoked_at": instant(key.revoked_at),
        "last_used_at": instant(key.last_used_at),
    }
