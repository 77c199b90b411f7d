"""Requests to the addresses of documents: polite, bounded, and to public hosts only."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from ipaddress import IPv6Address, ip_address
from socket import SOCK_STREAM, gaierror

import httpx

from dashboard.codes import UrlStatus
from dashboard.layout import Cells
from dashboard.links import Answer, Look, host_of, is_same_address, named_cells, status_of_code

PROJECT = "arms-shipments-dashboard"
_MOST_REDIRECTS = 8
_MOST_ADDRESSES = 3
_PERMANENT = (301, 308)
_ASKS_TO_WAIT = (429, 503)


@dataclass(frozen=True)
class Manners:
    """How a run behaves towards the hosts that it asks.

    Attributes:
        pause: Seconds between two requests to one host.
        timeout: Seconds to wait for an answer.
        hosts_at_once: How many hosts are asked side by side; each of them one request at a time.
        longest_wait: A host that asks to wait for more seconds is left for another run.
        allow_private: True where addresses of private networks may be asked.
    """

    pause: float = 1.0
    timeout: float = 15.0
    hosts_at_once: int = 8
    longest_wait: float = 60.0
    allow_private: bool = False


class PrivateAddressError(Exception):
    """An address leads to a machine that is not of the public internet."""


class NoWebAddressError(Exception):
    """An address is none of the web, such as javascript:."""


class _TooManyRedirectsError(Exception):
    """An address leads on and on."""


async def try_links(
    documents: Iterable[Cells], manners: Manners, found: Callable[[Look], None]
) -> None:
    """Try the links of documents.

    Args:
        documents: Rows of the table of documents.
        manners: How to behave.
        found: Is given each look as it comes; what it raises ends the run.
    """
    by_host: dict[str, list[dict[str, str]]] = {}
    for row in documents:
        cells = named_cells(row)
        by_host.setdefault(host_of(cells["url"]), []).append(cells)
    places = asyncio.Semaphore(manners.hosts_at_once)
    async with _client(manners) as client:
        visitor = _Visitor(client, manners)

        async def visit(of_one_host: list[dict[str, str]]) -> None:
            async with places:
                for cells in of_one_host:
                    found(await visitor.look(cells))

        visits = [
            asyncio.ensure_future(visit(by_host[host]))
            for host in sorted(by_host, key=lambda host: -len(by_host[host]))
        ]
        try:
            await asyncio.gather(*visits)
        finally:
            for task in visits:
                task.cancel()
            await asyncio.gather(*visits, return_exceptions=True)


def _client(manners: Manners) -> httpx.AsyncClient:
    transport = _PinnedTransport(httpx.AsyncHTTPTransport(), manners.allow_private)
    agent = f"{PROJECT}/{version(PROJECT)} (link check of a public dataset)"
    return httpx.AsyncClient(
        transport=transport,
        timeout=manners.timeout,
        headers={"User-Agent": agent, "Accept": "*/*"},
    )


# ------------------------------------------------------------------ one document


class _Visitor:
    """Asks addresses, one request at a time for each host."""

    def __init__(self, client: httpx.AsyncClient, manners: Manners) -> None:
        self._client = client
        self._manners = manners
        self._turns: dict[str, asyncio.Lock] = {}
        self._free_at: dict[str, float] = {}
        self._to_be_left: set[str] = set()

    async def look(self, cells: dict[str, str]) -> Look:
        """Return what the addresses of a document answer."""
        answer = await self._answer(cells["url"])
        archived = await self._answer(cells["archived_url"]) if cells["archived_url"] else None
        return Look(cells["source_id"], cells["url"], answer, archived)

    async def _answer(self, address: str) -> Answer:
        """Return what an address answers; where it fails, it is asked a second time."""
        if host_of(address) in self._to_be_left:
            return Answer(None, "its host asked to be left alone for a while")
        answer, wait = await self._one_answer(address)
        if wait is None:
            return answer
        if wait > self._manners.longest_wait:
            self._to_be_left.add(host_of(address))
            return answer
        await asyncio.sleep(wait)
        return (await self._one_answer(address))[0]

    async def _one_answer(self, address: str) -> tuple[Answer, float | None]:
        """Return what an address answers, and after how many seconds to ask again, if at all."""
        try:
            response, settled = await self._heard(address)
        except PrivateAddressError:
            return Answer(None, "leads into a private network, so it was not asked"), None
        except NoWebAddressError as fault:
            return Answer(UrlStatus.UNREACHABLE, f"leads to {fault}, which is no web address"), None
        except _TooManyRedirectsError:
            return Answer(UrlStatus.UNREACHABLE, "leads on and on to other addresses"), None
        except (httpx.TransportError, TimeoutError) as fault:
            words, is_from_network = _reason(fault)
            return Answer(UrlStatus.UNREACHABLE, words, "", is_from_network), 0
        answer = _meaning(response, address, settled)
        wait = _seconds_to_wait(response)
        return answer, wait if wait or answer.status is UrlStatus.UNREACHABLE else None

    async def _heard(self, address: str) -> tuple[httpx.Response, str]:
        """Return the answer to HEAD; where that is no clear yes, the answer to GET."""
        try:
            response, settled = await self._followed("HEAD", address)
        except (httpx.ConnectError, httpx.ConnectTimeout):
            raise
        except (httpx.TransportError, TimeoutError):
            return await self._followed("GET", address)
        if response.is_success or _seconds_to_wait(response):
            return response, settled
        return await self._followed("GET", address)

    async def _followed(self, method: str, address: str) -> tuple[httpx.Response, str]:
        """Return the answer at the end of all redirects, and the address that is now its own.

        A redirect that is not told to be for good does not change the address.
        """
        here = settled = address
        is_for_good = True
        for _ in range(_MOST_REDIRECTS + 1):
            response = await self._asked(method, here)
            if not response.has_redirect_location:
                return response, settled
            here = _next_address(here, response.headers["location"])
            is_for_good = is_for_good and response.status_code in _PERMANENT
            settled = here if is_for_good else settled
        raise _TooManyRedirectsError

    async def _asked(self, method: str, address: str) -> httpx.Response:
        """Return the head of the answer to one request; nothing of the page itself is read."""
        if not address.startswith(("http://", "https://")):
            raise NoWebAddressError(address.partition(":")[0] + ":")
        async with self._turn(host_of(address)), asyncio.timeout(2 * self._manners.timeout):
            try:
                async with self._client.stream(method, address) as response:
                    return response
            except (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError) as fault:
                raise NoWebAddressError(address) from fault

    @asynccontextmanager
    async def _turn(self, host: str) -> AsyncIterator[None]:
        """Wait until a host may be asked again, and keep others from asking it meanwhile."""
        clock = asyncio.get_running_loop().time
        async with self._turns.setdefault(host, asyncio.Lock()):
            await asyncio.sleep(self._free_at.get(host, 0) - clock())
            try:
                yield
            finally:
                self._free_at[host] = clock() + self._manners.pause


def _next_address(here: str, location: str) -> str:
    try:
        return str(httpx.URL(here).join(location))
    except (httpx.InvalidURL, UnicodeError, ValueError) as fault:
        raise NoWebAddressError(location) from fault


def _meaning(response: httpx.Response, address: str, settled: str) -> Answer:
    status = status_of_code(response.status_code)
    if "cf-mitigated" in response.headers:
        status = UrlStatus.BLOCKED
    words = f"answered {response.status_code}"
    if status is UrlStatus.OK and not is_same_address(address, settled):
        return Answer(UrlStatus.MOVED, f"now at <{settled}>", settled)
    return Answer(status, words)


def _seconds_to_wait(response: httpx.Response) -> float:
    """Return for how long a host asks to wait; 0 where it does not.

    A moment is counted from the time that the host itself gives.
    """
    asked = response.headers.get("retry-after", "")
    if response.status_code not in _ASKS_TO_WAIT:
        return 0
    if asked.isascii() and asked.isdigit():
        return float(asked)
    try:
        until = parsedate_to_datetime(asked)
        return max(0, (until - parsedate_to_datetime(response.headers["date"])).total_seconds())
    except (ValueError, TypeError, KeyError):
        return 0


def _reason(fault: BaseException) -> tuple[str, bool]:
    """Return why there is no answer, in words, and whether at least something came back."""
    causes = [fault]
    while (cause := causes[-1].__cause__ or causes[-1].__context__) and cause not in causes:
        causes.append(cause)
    if any(isinstance(cause, gaierror) for cause in causes):
        return "its name leads to no machine", False
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return "no secure connection can be made", True
    if any(isinstance(cause, ConnectionRefusedError) for cause in causes):
        return "refuses connections", True
    if isinstance(fault, (httpx.ConnectError, httpx.ConnectTimeout)):
        return "no way leads to it", False
    if isinstance(fault, (httpx.TimeoutException, TimeoutError)):
        return "no answer in time", True
    return "broke the connection off", True


# ------------------------------------------------------------------ public hosts only


class _PinnedTransport(httpx.AsyncBaseTransport):
    """Looks a host's name up once, judges the machine that it leads to, and asks that one.

    Asking by name would look it up a second time, and a hostile name may lead elsewhere by then.
    """

    def __init__(self, inner: httpx.AsyncBaseTransport, allow_private: bool) -> None:
        self._inner = inner
        self._allow_private = allow_private

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Return the answer of the first machine behind the name that can be reached."""
        host = request.url.raw_host.decode("ascii").strip("[]")
        addresses = await _addresses(host)
        if not self._allow_private and not all(map(is_public, addresses)):
            raise PrivateAddressError(host)
        for address in addresses[:-1]:
            try:
                return await self._inner.handle_async_request(_pinned(request, host, address))
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue
        return await self._inner.handle_async_request(_pinned(request, host, addresses[-1]))

    async def aclose(self) -> None:
        """Close all connections."""
        await self._inner.aclose()


def is_public(address: str) -> bool:
    """Return True for the address of a machine of the public internet."""
    found = ip_address(address)
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return found.is_global and not found.is_multicast


async def _addresses(host: str) -> list[str]:
    """Return the addresses of a host, at most three, those of IPv4 first."""
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, None, type=SOCK_STREAM)
    except OSError as fault:
        raise httpx.ConnectError(str(fault)) from fault
    by_family = sorted(found, key=lambda entry: entry[0])
    return list(dict.fromkeys(str(entry[4][0]) for entry in by_family))[:_MOST_ADDRESSES]


def _pinned(request: httpx.Request, host: str, address: str) -> httpx.Request:
    return httpx.Request(
        request.method,
        request.url.copy_with(host=address),
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, "sni_hostname": host},
    )
