"""The files a form holds: whatever names one becomes the file object that apps are told."""

from typing import Any

from sandbox.json_types import Json
from sandbox.model.file_wire import file_json
from sandbox.model.workspace import Workspace


def with_files(workspace: Workspace, values: Json) -> Json:
    """The same values, in which files that are not there are left out."""
    return {
        block: {action: _filled(workspace, state) for action, state in actions.items()}
        for block, actions in values.items()
    }


def _filled(workspace: Workspace, state: Json) -> Json:
    if state.get("type") != "file_input":
        return dict(state)
    named = state.get("files")
    ids = [_id(one) for one in named] if isinstance(named, list) else []
    known = [workspace.files[name] for name in ids if name in workspace.files]
    return {**state, "files": [file_json(file, workspace) for file in known]}


def _id(named: Any) -> str:
    return str(named.get("id")) if isinstance(named, dict) else str(named)
