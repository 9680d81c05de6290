"""Whether a request URL is the app's: its challenge for events, its certificate for commands."""

from typing import Any
from urllib.parse import parse_qs

from sandbox.deliveries.courier import Courier
from sandbox.deliveries.delivery import Ack
from sandbox.deliveries.outcome import failed, of_ack
from sandbox.errors import Refusal
from sandbox.json_types import Json
from sandbox.world import World


class Verifying:
    def __init__(self, world: World, courier: Courier) -> None:
        self._world = world
        self._courier = courier

    async def verify_url(self) -> Json:
        """Send a challenge to the URL for events; it must come back, as text, form or JSON."""
        self._require_address()
        challenge = self._world.workspace.ids.hex(52)
        payload: Json = {
            "token": self._world.credentials.verification_token,
            "challenge": challenge,
            "type": "url_verification",
        }
        delivery = self._courier.prepare("url_verification", "url_verification", payload)
        ack = await self._courier.deliver(delivery)
        if ack.is_ok and _challenge_in(ack) != challenge:
            self._world.journal.finding(
                "bad_challenge",
                "The app answered the verification of its request URL without the challenge.",
                delivery=delivery.id,
            )
            return failed(delivery, "bad_challenge")
        return of_ack(delivery, ack)

    async def check_ssl(self) -> Json:
        """A form with `ssl_check=1`, to be answered with any 200."""
        self._require_address()
        token = self._world.credentials.verification_token
        payload: Json = {"ssl_check": "1", "token": token}
        delivery = self._courier.prepare("ssl_check", "ssl_check", payload)
        return of_ack(delivery, await self._courier.deliver(delivery))

    def _require_address(self) -> None:
        if not self._world.app_url:
            sentence = (
                "The app has no request URL to ask: no app_url was given, and over Socket Mode "
                "Slack asks for none."
            )
            raise Refusal("no_request_url", sentence, 409)


def _challenge_in(ack: Ack) -> Any:
    if isinstance(ack.payload, dict):
        return ack.payload.get("challenge")
    text = str(ack.payload or "").strip()
    return parse_qs(text).get("challenge", [text])[0]
