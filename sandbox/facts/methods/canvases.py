"""The methods of canvases."""

from collections.abc import Mapping

from sandbox.facts.method import Method

CANVASES: Mapping[str, Method] = {
    "canvases.access.set": Method(
        tier="t3",
        lower_tier="t3",
        scopes=("canvases:write",),
        user_scopes=("canvases:write",),
        required=(
            "canvas_id",
            "access_level",
        ),
        arguments=(
            "access_level",
            "canvas_id",
            "channel_ids",
            "user_ids",
        ),
        errors=(
            "canvas_disabled_user_team",
            "canvas_not_found",
            "channel_not_found",
            "failed_to_update_user_ids",
            "invalid_parameters",
            "restricted_action",
            "user_not_found",
        ),
    ),
    "canvases.create": Method(
        tier="t2",
        lower_tier="t2",
        scopes=("canvases:write",),
        user_scopes=("canvases:write",),
        arguments=(
            "channel_id",
            "document_content",
            "title",
        ),
        errors=(
            "canvas_creation_failed",
            "canvas_disabled_user_team",
            "free_team_canvas_tab_already_exists",
            "free_teams_cannot_create_non_tabbed_canvases",
            "free_teams_cannot_create_standalone_canvases",
            "restricted_action",
        ),
    ),
    "canvases.delete": Method(
        tier="t3",
        lower_tier="t3",
        scopes=("canvases:write",),
        user_scopes=("canvases:write",),
        required=("canvas_id",),
        arguments=("canvas_id",),
        errors=(
            "canvas_deleting_disabled",
            "canvas_not_found",
            "restricted_action",
        ),
    ),
    "canvases.edit": Method(
        tier="t3",
        lower_tier="t3",
        scopes=("canvases:write",),
        user_scopes=("canvases:write",),
        required=(
            "canvas_id",
            "changes",
        ),
        arguments=(
            "canvas_id",
            "changes",
        ),
        errors=(
            "canvas_disabled_user_team",
            "canvas_editing_failed",
            "canvas_editing_locked",
            "canvas_not_found",
            "canvas_too_large",
            "free_teams_cannot_edit_standalone_canvases",
            "restricted_action",
        ),
    ),
    "conversations.canvases.create": Method(
        tier="t2",
        lower_tier="t2",
        scopes=("canvases:write",),
        user_scopes=("canvases:write",),
        required=("channel_id",),
        arguments=(
            "channel_id",
            "document_content",
            "title",
        ),
        errors=(
            "canvas_creation_failed",
            "canvas_disabled_user_team",
            "canvas_tab_creation_failed",
            "channel_canvas_already_exists",
            "channel_canvas_creation_failed",
            "free_team_canvas_tab_already_exists",
            "restricted_action",
            "team_tier_cannot_create_channel_canvases",
        ),
    ),
}
