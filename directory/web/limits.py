"""How many questions one address may ask in a minute, without keeping addresses.

Counted are the API and what makes the pages work hardest: forms that are sent, and a
search whose words stand in the address. A page of help, a list of countries or advice
is never counted: somebody in danger always gets the page.

An address is known only as a keyed hash, in memory, never in a log. The key is drawn
at random and forgotten within the hour, and all counters with it. Of IPv6 the network
(/64) is counted, as one reader has that many addresses. How many questions are left
isn't told until none are: it would show people who share an address that another of
them was here.

Each worker has a key and counters of its own, and connections spread over the workers,
so that one address can reach the limit once for each of them.
"""

import datetime
import hashlib
import math
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from litestar.enums import HttpMethod, ScopeType
from litestar.exceptions import TooManyRequestsException
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from .outer import header

Network = IPv4Network | IPv6Network
_API = "/api/"
"""The lists at `/hsds` and the files at `/releases` cost little more than a page, and
whoever copies them all asks often: they aren't counted."""
_KEPT = datetime.timedelta(hours=1)
_MOST_COUNTERS = 5_000
"""Beyond this all are forgotten: the library looks at each of them in every request,
and against that many addresses a limit for each is no help."""


class Counters:
    """Who has asked how often in the last minute, under keys that don't last."""

    def __init__(
        self,
        clock: Callable[[], datetime.datetime],
        new_key: Callable[[int], bytes] = secrets.token_bytes,
    ) -> None:
        self._clock = clock
        self._new_key = new_key
        self._forget(clock())

    def _forget(self, now: datetime.datetime) -> None:
        self._key = self._new_key(32)
        self._since = now
        self._storage = MemoryStorage()
        self._window = SlidingWindowCounterRateLimiter(self._storage)

    async def wait(self, policy: str, per_minute: int, address: str) -> int | None:
        """Count one question. None when there is room for it, else the seconds until
        there is."""
        now = self._clock()
        crowded = len(self._storage.storage) > _MOST_COUNTERS
        if crowded or not datetime.timedelta(0) <= now - self._since < _KEPT:
            self._forget(now)
        item = RateLimitItemPerMinute(per_minute)
        known = policy, _hashed(address, self._key)
        if await self._window.hit(item, *known):
            return None
        resets, _ = await self._window.get_window_stats(item, *known)
        return max(1, math.ceil(resets - time.time()))


def _hashed(address: str, key: bytes) -> str:
    found = _address(address)
    if isinstance(found, IPv6Address):
        net = found.packed[:8]
    else:
        net = found.packed if found else address.encode()
    return hashlib.blake2b(net, key=key, digest_size=16).hexdigest()


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """None for what is no address, such as the name of a socket in the file system."""
    try:
        found = ip_address(text.strip())
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def client(scope: Scope, trusted: Sequence[Network]) -> str:
    """The address that a request came from.

    Of `X-Forwarded-For` only hops that trusted proxies wrote are believed: the last one
    that isn't a trusted proxy itself. Anybody can write what stands before it.
    """
    nearest = (scope["client"] or ("", 0))[0]
    hops = header(scope, b"x-forwarded-for", ",").split(",")
    while hops and _within(nearest, trusted):
        hop = hops.pop()
        if _address(hop) is None:
            break
        nearest = hop
    return nearest


def _within(address: str, networks: Sequence[Network]) -> bool:
    found = _address(address)
    return found is not None and any(found in network for network in networks)


class RateLimits(ASGIMiddleware):
    """Answers 429 to an address that asks too often; `per_minute` of "api" and "pages",
    where one that is 0 or isn't there sets no limit."""

    def __init__(
        self,
        per_minute: Mapping[str, int],
        counters: Counters,
        trusted: Sequence[Network] = (),
    ) -> None:
        self._per_minute = per_minute
        self._counters = counters
        self._trusted = trusted

    async def handle(
        self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp
    ) -> None:
        policy = _policy(scope)
        most = self._per_minute.get(policy, 0) if policy else 0
        if not policy or not most:
            await next_app(scope, receive, send)
            return
        said = {"RateLimit-Policy": f'"{policy}";q={most};w=60'}
        seconds = await self._counters.wait(policy, most, client(scope, self._trusted))
        if seconds is not None:
            said["RateLimit"] = f'"{policy}";r=0;t={seconds}'
            raise TooManyRequestsException(
                headers={"Retry-After": str(seconds), **said}
            )

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start" and policy == "api":
                told = [(k.lower().encode(), v.encode()) for k, v in said.items()]
                message["headers"] = [*message["headers"], *told]
            await send(message)

        await next_app(scope, receive, sent)


def _policy(scope: Scope) -> str | None:
    if scope["type"] != ScopeType.HTTP:
        return None
    path = scope["path"]
    if path.startswith(_API):
        return "api"
    if path.startswith("/hsds"):
        return None
    searched = path.rstrip("/").endswith("/search") and scope["query_string"]
    return "pages" if searched or scope["method"] == HttpMethod.POST else None
