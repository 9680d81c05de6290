"""Where deliveries differ from Slack's recorded samples, and why.

The samples are made of everything that Slack's Java library knows to read, for every plan, every
feature and every age of Slack, so that most of what is not sent belongs to one of these.
"""

from collections.abc import Mapping

ENTERPRISE = {"enterprise.id", "enterprise.name", "team.enterprise_id", "team.enterprise_name"}
FUNCTIONS = {
    "bot_access_token",
    "function_data",
    "function_data.execution_id",
    "function_data.function",
    "function_data.function.callback_id",
    "interactivity",
    "interactivity.interactivity_pointer",
    "interactivity.interactor",
    "interactivity.interactor.id",
    "interactivity.interactor.secret",
}
# Beginnings of paths: everything below them is meant as well.
NOT_SENT: Mapping[str, set[str]] = {
    # Enterprise Grid.
    "command": {"enterprise_id", "enterprise_name"},
    "message_action": ENTERPRISE,
    "view_closed": ENTERPRISE | FUNCTIONS,
    # `is_cleared` is there because one Java class reads both answers of a view.
    "view_submission": ENTERPRISE | FUNCTIONS | {"is_cleared"},
    "member_joined_channel": {"enterprise"},
    # Slack stopped sending the first two in 2021; the third is Enterprise Grid's.
    "envelope": {"authed_users", "authed_teams", "enterprise_id"},
    # Functions of workflows; buttons inside attachments and previews of links.
    "block_actions": ENTERPRISE
    | FUNCTIONS
    | {"app_unfurl", "container.attachment_id", "container.is_app_unfurl"}
    | {"container.app_unfurl_url", "container.text"}
    # Options of overflow menus alone have addresses, and these menus begin without a choice.
    | {"actions.initial_option.url"},
    # Slack Connect (profiles of strangers), bots that mention bots, edits that add a mention.
    "app_mention": {"user_team", "source_team", "user_profile", "username", "subtype", "edited"}
    | {"app_id", "bot_id", "upload", "display_as_bot", "bot_profile"},
    "message of bot_message": {"attachments"},
    "message of channel_archive": set(),
    "message of file_share": {"attachments", "blocks", "display_as_bot"},
    "message of thread_broadcast": {"attachments"},
    # What is new has not been edited yet.
    "message of plain": {"edited"},
    "message": {
        # Assistants, calls and huddles.
        "assistant_app_thread",
        "room",
        "no_notifications",
        # Slack Connect.
        "source_team",
        "user_team",
        # Stars, comments on files, and what the reader has read: other people's, or long gone.
        "is_starred",
        "comment",
        "file",
        "is_intro",
        "last_read",
        "unread_count",
        # Settings of the poster that Slack keeps to itself, or once told.
        "mrkdwn",
        "unfurl_links",
        "unfurl_media",
        "is_thread_broadcast",
        "display_as_bot",
        "bot_link",
        "wibblr",
        "icons.image_36",
        "icons.image_48",
        "icons.image_64",
        "icons.image_72",
        "reactions.url",
        # A pinned file; messages are pinned here.
        "item",
    },
    "file": {
        # Pictures, videos, PDFs and e-mails get no previews.
        "thumb_",
        "deanimate",
        "pjpeg",
        "image_exif_rotation",
        "original_",
        "mp4",
        "hls",
        "vtt",
        "duration_ms",
        "transcription",
        "media_",
        "converted_pdf",
        "headers",
        "simplified_html",
        "subject",
        "plain_text",
        "preview_plain_text",
        "preview_highlight",
        "url_static_preview",
        "sent_to_self",
        "has_more",
        "alt_txt",
        # Canvases, lists, templates and Quip documents.
        "list_",
        "template_",
        "canvas_",
        "can_toggle_canvas_lock",
        "is_channel_space",
        "linked_channel_id",
        "quip_thread_id",
        "show_badge",
        "update_notification",
        "team_pref_version_history_enabled",
        "edit",
        "last_editor",
        "non_owner_editable",
        "access",
        "org_or_workspace_access",
        "private_",
        "is_restricted_sharing_enabled",
        # Remote files, other apps' files, stars, comments and reminders.
        "app_",
        "bot_id",
        "external_",
        "initial_comment",
        "num_stars",
        "original_attachment_count",
        "saved",
        "channel_actions_",
        "last_read",
        "subtype",
        "source_team",
        "updated",
    },
}
PERSON = {
    # Enterprise Grid and Slack Connect.
    "user.enterprise_user",
    "user.is_stranger",
    # What only the person themselves is told, or only on request.
    "user.has_files",
    "user.locale",
    "user.presence",
    "user.two_factor_type",
    "user.is_invited_user",
    # Bots of other kinds.
    "user.is_connector_bot",
    "user.is_workflow_bot",
    "user.profile.always_active",
    "user.profile.api_app_id",
    "user.profile.bot_id",
    # Guests' terms, huddles, pictures of one's own.
    "user.profile.guest_",
    "user.profile.huddle_",
    "user.profile.image_original",
    "user.profile.is_custom_image",
    "user.profile.pronouns",
    "user.profile.status_emoji_url",
}
NOT_SENT_OF_PEOPLE = {"team_join": PERSON, "user_change": PERSON}

# Documented by Slack, though no sample has it.
ALSO_KNOWN: Mapping[str, set[str]] = {
    # The samples leave out what apps define themselves.
    "view": {"blocks", "state.values"},
    "block_actions": {"state.values"}
    # An option is chosen whole, as it was offered.
    | {f"actions.selected_option.description{part}" for part in ("", ".type", ".text", ".emoji")},
    "view_submission": {"response_urls"},
    # The wrapper's schema wants it in every event.
    "app_uninstalled": {"event_ts"},
    "tokens_revoked": {"event_ts"},
    "team_join": {"event_ts"},
    "user_change": {"event_ts"},
    # As in the answers of usergroups.list and files.info.
    "subteam_updated": {"subteam.auto_type"},
    "file": {"channels", "groups", "ims"},
    # System messages of renamed channels and pinned messages; who reacted, as in reactions.get.
    "message": {"name", "old_name", "item.type", "item.channel", "item.ts", "reactions.users"},
}
# Commands travel as forms, in which everything is a text.
OF_ANOTHER_TYPE = {("command", "is_enterprise_install")}
