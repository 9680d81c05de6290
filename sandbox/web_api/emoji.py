"""emoji.list: the emoji the workspace has made itself."""

from sandbox.facts.emoji import CATEGORIES
from sandbox.json_types import Json
from sandbox.web_api.call import Call


def list_emoji(call: Call) -> Json:
    answer: Json = {
        "emoji": dict(sorted(call.workspace.emoji.items())),
        "cache_ts": f"{call.workspace.seconds()}.000000",
    }
    if not call.flag("include_categories"):
        return answer
    categories = [
        {"name": name, "emoji_names": names.split()} for name, names in CATEGORIES.items()
    ]
    return answer | {"categories_version": "5", "categories": categories}
