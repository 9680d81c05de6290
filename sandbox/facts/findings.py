"""Everything the referee may whistle at, by code, with a sentence for the app's author."""

from collections.abc import Mapping

FINDINGS: Mapping[str, str] = {
    # Deliveries and their acks.
    "late_ack": "A delivery was not acknowledged in time.",
    "refused_delivery": "An event was not answered with a 2xx, or another delivery with a 200; or "
    "the answer was too long, or a redirect to another address than the app's.",
    "app_unreachable": "The app did not answer at its address, so the user saw an error.",
    "invalid_ack": "An ack carried an answer that Slack could not show or follow.",
    "payload_not_accepted": "An ack carried a payload where Slack takes none.",
    "interactivity_off": "Somebody used what the manifest does not let Slack tell the app of.",
    "no_options_url": "A menu asks the app for its options, and the manifest has no URL for that.",
    "bad_challenge": "The app did not answer the verification of its request URL as it should.",
    "invalid_frame": "A socket frame was no JSON object with an envelope_id.",
    "ack_on_another_socket": "An ack came over another socket than its envelope.",
    "forgery_accepted": "A delivery with a void signature or timestamp was accepted.",
    "unknown_ack": "A socket frame acknowledged no envelope that was waiting for one.",
    # Calls.
    "unknown_method": "The app called a method that does not exist here.",
    "undocumented_error": "The sandbox itself failed, or would have answered what Slack does not.",
    "unknown_argument": "A call had an argument that the method does not have.",
    "missing_scope": "A call needed a scope that the manifest does not ask for.",
    "over_limit": "A call was refused because something in it was too long, too large or too many.",
    "invalid_content": "A call was refused because of malformed blocks, views or arguments.",
    "retry_too_early": "The app came back before the Retry-After it was given had passed.",
    "posting_too_fast": "More than one message a second went to a channel, beyond a short burst.",
    "edited_after_archive": "The app tried to change a message in an archived channel.",
    # What users see.
    "missing_fallback": "A message with blocks had no text for notifications and screen readers.",
    "image_without_alt": "An image had no description for people who cannot see it.",
    "text_truncated": "A text was longer than 40,000 characters, and Slack cut it.",
    "unseen_ephemeral": "A private message went into a thread without replies, which hides it.",
    "blocks_kept": "An update without blocks left the old ones standing above a new text.",
    "active_user_text": "What a person typed came back as a mention, a link or a broadcast.",
    "broadcast": "A message would have notified everybody, and nobody had allowed that.",
    "duplicate_effect": "One delivery led to the same message, form, topic or channel twice.",
    "many_direct_messages": "The app wrote directly to many people within a minute.",
    # Response URLs.
    "used_url": "A response URL was used more than five times.",
    "expired_url": "A response URL was used after its thirty minutes.",
    "invalid_response": "What was sent to a response URL could not be shown.",
    # Secrets and addresses.
    "secret_shown": "A token or a secret stood in a message, a view or another thing people see.",
    "secret_in_url": "A token or a secret stood in the path or query of a URL, so logs have it.",
    "secret_logged": "The app wrote a token or a secret into its log.",
    "foreign_host": "The app called an address other than the sandbox's.",
}
