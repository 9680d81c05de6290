"""Keys of Slack's success examples that no answer of the sandbox has, each with the reason."""

from collections.abc import Mapping

IMAGES_ONLY = "the example is an image; the file here is a text"
IMAGE_KEYS = (
    "deanimate_gif",
    "image_exif_rotation",
    "original_h",
    "original_w",
    "pjpeg",
    "thumb_160",
    "thumb_360",
    "thumb_360_gif",
    "thumb_360_h",
    "thumb_360_w",
    "thumb_64",
    "thumb_80",
)
GRID = "there is no Enterprise Grid"
OLDER = "a field of older conversations, which Slack's description of a channel does not have"
READER = "what the reader has not read is known of people, not of bots"
PORTRAIT = "nobody has uploaded a portrait"
NO_THREAD = "the file was shared in the channel, not in a thread"
OTHER_NAME = "nothing here was posted under another name"

# By method; where a parent is named, so are its children. ID stands for a key that is a name.
NOT_MODELLED: Mapping[str, Mapping[str, str]] = {
    "chat.scheduleMessage": {"message.username": "the method has no such argument"},
    "conversations.create": {"channel.properties": "canvases are not modelled"},
    "conversations.info": {"channel.properties": "tabs are not modelled"},
    "conversations.invite": {"channel.is_read_only": OLDER},
    "conversations.rename": {
        "channel.is_read_only": OLDER,
        "channel.locale": "shown where include_locale asks for it, which is no argument here",
        "channel.num_members": "shown where include_num_members asks for it, likewise",
    },
    "conversations.replies": {
        "messages.last_read": READER,
        "messages.unread_count": READER,
        "messages.parent_user_id": "the page is so short that it ends before the first reply",
    },
    "files.info": {
        **{f"file.{name}": IMAGES_ONLY for name in ("alt_txt", *IMAGE_KEYS)},
        "file.shares.public.ID.latest_reply": NO_THREAD,
        "file.shares.public.ID.thread_ts": NO_THREAD,
    },
    "files.list": {f"files.{name}": IMAGES_ONLY for name in IMAGE_KEYS},
    "oauth.v2.access": {"enterprise.id": GRID, "enterprise.name": GRID},
    "reactions.list": {
        "items.comment": "comments on files were replaced by threads",
        "items.file": "reactions to files are not modelled",
        "items.message.subtype": OTHER_NAME,
        "items.message.username": OTHER_NAME,
    },
    "users.info": {"user.profile.image_original": PORTRAIT},
    "users.list": {"members.profile.image_original": PORTRAIT},
    "users.profile.get": {"profile.fields.ID": "profiles have no fields of their own here"},
}
