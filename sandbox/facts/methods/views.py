"""The methods of modals, the App Home and blocks."""

from collections.abc import Mapping

from sandbox.facts.method import Method

VIEWS: Mapping[str, Method] = {
    "blocks.validate": Method(
        tier="special",
        lower_tier="special",
        arguments=(
            "blocks",
            "message",
            "view",
        ),
        errors=(
            "invalid_arguments",
            "invalid_blocks",
            "invalid_message",
            "invalid_view",
            "ratelimited",
        ),
    ),
    "views.open": Method(
        tier="t4",
        lower_tier="t4",
        required=("view",),
        arguments=(
            "interactivity_pointer",
            "trigger_id",
            "view",
        ),
        errors=(
            "duplicate_external_id",
            "exchanged_trigger_id",
            "expired_trigger_id",
            "invalid_trigger_id",
            "view_too_large",
        ),
    ),
    "views.publish": Method(
        tier="t4",
        lower_tier="t4",
        required=(
            "user_id",
            "view",
        ),
        arguments=(
            "hash",
            "interactivity_pointer",
            "user_id",
            "view",
        ),
        errors=(
            "duplicate_external_id",
            "hash_conflict",
            "not_allowed_token_type",
            "not_enabled",
            "not_implemented",
            "view_too_large",
        ),
    ),
    "views.push": Method(
        tier="t4",
        lower_tier="t4",
        required=("view",),
        arguments=(
            "interactivity_pointer",
            "trigger_id",
            "view",
        ),
        errors=(
            "duplicate_external_id",
            "exchanged_trigger_id",
            "expired_trigger_id",
            "invalid_trigger_id",
            "not_found",
            "push_limit_reached",
            "view_too_large",
        ),
    ),
    "views.update": Method(
        tier="t4",
        lower_tier="t4",
        required=("view",),
        arguments=(
            "external_id",
            "hash",
            "view",
            "view_id",
        ),
        errors=(
            "duplicate_external_id",
            "hash_conflict",
            "not_found",
            "view_too_large",
        ),
    ),
}
