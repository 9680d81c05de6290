"""What Slack's own client lets a person do in a channel, and a guest not."""

from sandbox.errors import Refusal
from sandbox.model.channels import Channel
from sandbox.model.people import User
from sandbox.world import World


def require_voice(channel: Channel, user: User) -> None:
    """Writing, reacting and pinning need membership in a channel that is in use."""
    require_present(user)
    if user.id not in channel.members:
        raise Refusal("not_in_channel", f"Join {shown_name(channel)} first.", 403)
    if channel.is_archived:
        raise Refusal("is_archived", f"{shown_name(channel)} is archived.", 409)


def require_composer(channel: Channel, user: User) -> None:
    """Commands are typed where one could write: there is no composer in an archived channel."""
    require_present(user)
    if user.id not in channel.members and channel.is_private:
        raise Refusal("not_in_channel", f"Join {shown_name(channel)} first.", 403)
    if channel.is_archived:
        raise Refusal("is_archived", f"{shown_name(channel)} is archived.", 409)


def require_messages_tab(world: World, channel: Channel) -> None:
    """In its own direct messages an app takes neither messages nor commands unless it says so."""
    app, bot = world.app, world.workspace.team.bot_user_id
    if (
        channel.is_im
        and bot in channel.members
        and (not app.messages_tab or app.messages_read_only)
    ):
        raise Refusal("messages_tab_disabled", "Sending messages to this app is turned off.", 403)


def require_full_member(user: User, act: str) -> None:
    """Guests stay in the channels they were invited to and change none of them."""
    require_present(user)
    if user.is_restricted:
        raise Refusal("user_is_restricted", f"{user.real_name} is a guest and cannot {act}.", 403)


def require_present(user: User) -> None:
    if user.deleted or user.is_bot:
        raise Refusal("user_not_active", f"{user.real_name} has no keyboard here.", 403)


def shown_name(channel: Channel) -> str:
    return "This direct message" if channel.is_direct else f"#{channel.name}"
