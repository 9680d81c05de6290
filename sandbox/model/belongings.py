"""What refers to a channel from elsewhere, when the channel moves or is gone."""

from dataclasses import replace

from sandbox.model.workspace import Workspace


def move_belongings(workspace: Workspace, old: str, new: str) -> None:
    """Let files, scheduled messages, links and reading marks follow the channel's new id."""
    for file in list(workspace.files.values()):
        shares = tuple(
            replace(share, channel=new) if share.channel == old else share for share in file.shares
        )
        workspace.files[file.id] = replace(file, shares=shares)
    for waiting in list(workspace.scheduled.values()):
        if waiting.draft.channel == old:
            draft = replace(waiting.draft, channel=new)
            workspace.scheduled[waiting.id] = replace(waiting, draft=draft)
    for link in list(workspace.link_shares.values()):
        if link.channel == old:
            workspace.link_shares[link.id] = replace(link, channel=new)
    for place in [place for place in workspace.read_marks if place[0] == old]:
        workspace.read_marks[new, place[1]] = workspace.read_marks.pop(place)


def drop_belongings(workspace: Workspace, channel: str) -> None:
    """Files lose the place they were shared in; the rest has no meaning any more."""
    for file in list(workspace.files.values()):
        shares = tuple(share for share in file.shares if share.channel != channel)
        workspace.files[file.id] = replace(file, shares=shares)
    workspace.scheduled = {
        name: one for name, one in workspace.scheduled.items() if one.draft.channel != channel
    }
    workspace.link_shares = {
        name: one for name, one in workspace.link_shares.items() if one.channel != channel
    }
    workspace.read_marks = {
        place: ts for place, ts in workspace.read_marks.items() if place[0] != channel
    }
