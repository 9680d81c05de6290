"""The Redis in which replicas count requests together: whether it answers."""

from limits.errors import StorageError

from bot.checks.finding import Finding
from bot.settings import Settings
from bot.web.shared_counts import leave, redis_at

NAME = "rate limits"
PATIENCE = 3.0


async def check_redis(settings: Settings) -> Finding:
    if settings.redis_url is None:
        return Finding.fine(NAME, "Each process counts requests for itself.")
    redis = redis_at(settings.redis_url.get_secret_value(), patience=PATIENCE)
    try:
        await redis.get("doctor")
    except StorageError as problem:
        reason = str(problem.storage_error).rstrip(".")
        return Finding.wrong(
            NAME,
            f"Redis cannot be used ({reason}), so each process counts requests for itself; "
            "look at TOCSIN_REDIS_URL.",
        )
    finally:
        await leave(redis)
    return Finding.fine(NAME, "Redis answers; all replicas count requests together.")
