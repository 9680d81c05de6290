"""api.test, auth.test, apps.connections.open, team.info and bots.info."""

from sandbox.errors import SlackError
from sandbox.facts import limits
from sandbox.json_types import Json
from sandbox.model.message_wire import bot_profile
from sandbox.web_api.call import Call


def api_test(call: Call) -> Json:
    """Echo the arguments, or fail with the error that was asked for."""
    args = {"args": dict(call.args)} if call.args else {}
    if call.text("error"):
        return {"ok": False, "error": call.text("error"), **args}
    return args


def test(call: Call) -> Json:
    team = call.workspace.team
    answer: Json = {
        "url": f"https://{team.domain}.slack.com/",
        "team": team.name,
        "user": call.workspace.users[call.caller].name,
        "team_id": team.id,
        "user_id": call.caller,
        "is_enterprise_install": False,
    }
    return answer | ({"bot_id": team.bot_id} if call.token.kind == "bot" else {})


def connections_open(call: Call) -> Json:
    ticket = call.workspace.ids.hex(32)
    expires = call.workspace.clock.seconds() + limits.TICKET_SECONDS
    call.world.socket_tickets[ticket] = expires
    address = call.world.url.replace("http", "ws", 1)
    return {"url": f"{address}/link/?ticket={ticket}&app_id={call.workspace.team.app_id}"}


def team_info(call: Call) -> Json:
    team = call.workspace.team
    if call.has("team") and call.text("team") != team.id:
        raise SlackError("team_not_found")
    icon: Json = {
        f"image_{size}": f"https://avatars.slack.example/team_{size}.png"
        for size in (34, 44, 68, 88, 102, 132)
    }
    return {
        "team": {
            "id": team.id,
            "name": team.name,
            "domain": team.domain,
            "url": f"https://{team.domain}.slack.com/",
            "email_domain": "example.com",
            "icon": icon | {"image_default": True},
            "enterprise_id": None,
            "enterprise_name": None,
        }
    }


def bots_info(call: Call) -> Json:
    if call.has("bot") and call.text("bot") != call.workspace.team.bot_id:
        raise SlackError("bot_not_found")
    bot = bot_profile(call.workspace)
    return {"bot": bot | {"user_id": call.workspace.team.bot_user_id}}
