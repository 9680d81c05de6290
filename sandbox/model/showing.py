"""Views over their life: opened, pushed, updated, published and closed."""

import copy
from dataclasses import replace

from sandbox.json_types import Json
from sandbox.model.attached import with_files
from sandbox.model.changes import Change
from sandbox.model.marking import fill_defaults, with_ids
from sandbox.model.view_state import initial_values, kept_values
from sandbox.model.views import View
from sandbox.model.workspace import Workspace


def open_view(workspace: Workspace, user: str, content: Json) -> View:
    """Show a modal as the only one of its user."""
    workspace.drop_views(workspace.stacks.pop(user, ()))
    return push_view(workspace, user, content)


def push_view(workspace: Workspace, user: str, content: Json) -> View:
    """Show a modal above those the user already looks at."""
    stack = workspace.stack_of(user)
    name = workspace.ids.make("V")
    view = _make(workspace, name, user, "modal", content)
    if stack:
        view = replace(view, root_view_id=stack[0].id, previous_view_id=stack[-1].id)
    workspace.views[name] = view
    workspace.stacks[user] = (*workspace.stacks.get(user, ()), name)
    _tell(workspace, user)
    return view


def update_view(workspace: Workspace, view: View, content: Json) -> View:
    """Replace what a view shows; what was typed stays where block and action stay the same."""
    fresh = _make(workspace, view.id, view.user, view.type, content)
    updated = replace(
        view,
        content=fresh.content,
        hash=fresh.hash,
        values=kept_values(fresh.blocks, view.values),
    )
    workspace.views[view.id] = updated
    _tell(workspace, view.user)
    return updated


def publish_home(workspace: Workspace, user: str, content: Json) -> View:
    known = workspace.home_of(user)
    if known:
        return update_view(workspace, known, content)
    name = workspace.ids.make("V")
    view = _make(workspace, name, user, "home", content)
    workspace.views[name] = view
    workspace.homes[user] = name
    _tell(workspace, user)
    return view


def keep_values(workspace: Workspace, view: View, values: Json) -> View:
    """Remember what the user has filled in."""
    filled = {
        block: {**view.values.get(block, {}), **values.get(block, {})}
        for block in {**view.values, **values}
    }
    kept = replace(view, values=with_files(workspace, kept_values(view.blocks, filled)))
    workspace.views[view.id] = kept
    return kept


def close_top(workspace: Workspace, user: str) -> None:
    stack = workspace.stacks.get(user, ())
    workspace.drop_views(stack[-1:])
    workspace.stacks[user] = stack[:-1]
    _tell(workspace, user)


def close_all(workspace: Workspace, user: str) -> None:
    workspace.drop_views(workspace.stacks.pop(user, ()))
    _tell(workspace, user)


def _make(workspace: Workspace, name: str, user: str, kind: str, content: Json) -> View:
    marked = {part: copy.deepcopy(it) for part, it in content.items() if it is not None}
    fill_defaults(marked)
    marked["blocks"] = with_ids(marked.get("blocks", []), workspace.ids)
    return View(
        id=name,
        type=kind,
        user=user,
        content=marked,
        hash=f"{workspace.seconds()}.{workspace.ids.hex(8)}",
        root_view_id=name,
        values=initial_values(marked["blocks"]),
    )


def _tell(workspace: Workspace, user: str) -> None:
    workspace.tell(Change(type="views", user=user))
