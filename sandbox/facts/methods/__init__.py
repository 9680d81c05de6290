"""One row per Web API method the sandbox speaks, compared with Slack's reference by a test."""

from collections.abc import Mapping

from sandbox.facts.method import Method
from sandbox.facts.methods.canvases import CANVASES
from sandbox.facts.methods.chat import CHAT
from sandbox.facts.methods.conversations import CONVERSATIONS
from sandbox.facts.methods.files import FILES
from sandbox.facts.methods.marks import MARKS
from sandbox.facts.methods.team import TEAM
from sandbox.facts.methods.usergroups import USERGROUPS
from sandbox.facts.methods.users import USERS
from sandbox.facts.methods.views import VIEWS

METHODS: Mapping[str, Method] = {
    **CANVASES,
    **CHAT,
    **CONVERSATIONS,
    **FILES,
    **MARKS,
    **TEAM,
    **USERGROUPS,
    **USERS,
    **VIEWS,
}
# These carry their secret as arguments, or need none.
TOKENLESS_METHODS = frozenset({"api.test", "oauth.v2.access"})
