"""What Slack would let pass but a careful reader of its guidelines would not."""

from sandbox.referee.calls import review_call
from sandbox.referee.messages import review_message, review_view
from sandbox.referee.secrets import review_secrets
from sandbox.referee.typed import note_typed

__all__ = ["note_typed", "review_call", "review_message", "review_secrets", "review_view"]
