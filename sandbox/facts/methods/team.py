"""The methods of tokens, teams, bots and the app itself."""

from collections.abc import Mapping

from sandbox.facts.method import Method

TEAM: Mapping[str, Method] = {
    "api.test": Method(
        tier="t4",
        lower_tier="t4",
        arguments=("error",),
    ),
    "apps.connections.open": Method(
        tier="t3",
        lower_tier="t1",
        errors=(
            "forbidden_team",
            "insecure_request",
            "internal_error",
            "invalid_auth",
            "missing_args",
        ),
    ),
    "apps.uninstall": Method(
        tier="t1",
        lower_tier="t1",
        required=(
            "client_id",
            "client_secret",
        ),
        arguments=(
            "client_id",
            "client_secret",
        ),
        errors=(
            "bad_client_secret",
            "client_id_token_mismatch",
            "internal_error",
            "invalid_client_id",
            "no_permission",
        ),
        takes_json=False,
    ),
    "auth.revoke": Method(
        tier="t3",
        lower_tier="t3",
        arguments=("test",),
        errors=(
            "internal_error",
            "not_bearer_token",
        ),
        takes_json=False,
        reads=True,
    ),
    "auth.test": Method(
        tier="special",
        lower_tier="special",
        errors=(
            "internal_error",
            "invalid_auth",
        ),
    ),
    "bots.info": Method(
        tier="t3",
        lower_tier="t3",
        scopes=("users:read",),
        user_scopes=("users:read",),
        arguments=(
            "bot",
            "team_id",
        ),
        errors=(
            "bot_not_found",
            "bots_not_found",
            "missing_argument",
            "team_not_found",
        ),
        takes_json=False,
        reads=True,
    ),
    "oauth.v2.access": Method(
        tier="special",
        lower_tier="t4",
        arguments=(
            "assertion",
            "client_id",
            "client_secret",
            "code",
            "code_verifier",
            "grant_type",
            "redirect_uri",
            "refresh_token",
        ),
        errors=(
            "bad_client_secret",
            "bad_redirect_uri",
            "invalid_client_id",
            "invalid_code",
            "invalid_code_verifier",
            "invalid_grant_type",
            "invalid_refresh_token",
            "no_scopes",
            "oauth_authorization_url_mismatch",
            "pkce_not_allowed",
            "preview_feature_not_available",
            "user_email_unverified",
        ),
        takes_json=False,
    ),
    "team.info": Method(
        tier="t3",
        lower_tier="t3",
        scopes=("team:read",),
        user_scopes=("team:read",),
        arguments=(
            "domain",
            "team",
        ),
        errors=(
            "fail_to_get_teams_for_restricted_user",
            "missing_user",
            "team_not_found",
            "user_not_found",
        ),
        reads=True,
    ),
}
