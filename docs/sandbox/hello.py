"""A first Slack app with bolt-python: a command opens a form, a button thanks who presses it."""

import os

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

app = App(
    client=WebClient(
        token=os.environ["SLACK_BOT_TOKEN"],
        base_url=os.environ.get("SLACK_API_URL", "https://slack.com/api/"),
    ),
    signing_secret=os.environ.get("SLACK_SIGNING_SECRET"),
)


def plain(text):
    return {"type": "plain_text", "text": text}


@app.command("/hello")
def ask_for_a_name(ack, body, client):
    ack()
    name = {"type": "plain_text_input", "action_id": "typed", "initial_value": body["text"]}
    client.views_open(
        trigger_id=body["trigger_id"],
        view={
            "type": "modal",
            "callback_id": "name",
            "private_metadata": body["channel_id"],
            "title": plain("Say hello"),
            "submit": plain("Say it"),
            "blocks": [
                {"type": "input", "block_id": "name", "label": plain("Name"), "element": name}
            ],
        },
    )


@app.view("name")
def say_hello(ack, view, client):
    name = view["state"]["values"]["name"]["typed"]["value"]
    if len(name) > 20:
        ack(response_action="errors", errors={"name": "At most 20 letters, please."})
        return
    ack()
    button = {"type": "button", "action_id": "thank", "text": plain("Thank you")}
    client.chat_postMessage(
        channel=view["private_metadata"],
        text="Hello!",
        blocks=[
            {"type": "section", "text": plain(f"Hello, {name}!")},
            {"type": "actions", "elements": [button]},
        ],
    )


@app.action("thank")
def be_thanked(ack, respond):
    ack()
    respond(text="You are welcome.", replace_original=False)


@app.event("app_mention")
def answer(event, say):
    say(text="Type /hello to begin.", thread_ts=event["ts"])


if __name__ == "__main__":
    if "SLACK_APP_TOKEN" in os.environ:
        SocketModeHandler(app, os.environ["SLACK_APP_TOKEN"]).start()
    else:
        app.start(port=int(os.environ.get("PORT", "3000")))
