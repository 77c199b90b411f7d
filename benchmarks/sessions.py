"""A reader without a browser: a session over Streamlit's websocket, spoken in its own protobuf.

As the browser does, a session keeps the messages that the server marks as cacheable and tells their
hashes with every rerun, so that the server sends only what has changed. Only this machine is ever
asked, and every wait has an end.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

WAIT_SECONDS = 60
MOST_BYTES = 64 * 2**20
KEPT_RUNS = 2
"""For how many reruns a browser keeps a message that is not used again."""
_ONE_VALUE = frozenset(("selectbox",))


class CountingConnection(ClientConnection):
    """A connection that counts what comes over the wire, compressed as it is.

    Attributes:
        received: Bytes so far.
    """

    received = 0

    def data_received(self, data: bytes) -> None:
        """Take bytes from the wire."""
        self.received += len(data)
        super().data_received(data)


@dataclass(frozen=True)
class Rerun:
    """What a reader waited for, and what came over the wire."""

    seconds: float
    bytes: int


class ServerFaultError(RuntimeError):
    """The page ended with an exception, or not at all."""


@dataclass
class Session:
    """One open page.

    Attributes:
        socket: The open connection.
        page: Name of the page in the address; empty for the first one.
        widgets: The newest widget of each key, as the server described it.
    """

    socket: CountingConnection
    page: str = ""
    widgets: dict[str, Any] = field(default_factory=dict)
    _query: str = ""
    _page_hash: str = ""
    _last_use: dict[str, int] = field(default_factory=dict)
    _runs: int = 0

    async def rerun(self, *changed: WidgetState) -> Rerun:
        """Run the page, with these widgets changed, and wait for its end.

        Raises:
            ServerFaultError: The page shows an exception.
            TimeoutError: It does not end.
        """
        request = BackMsg()
        state = request.rerun_script
        state.query_string, state.page_script_hash = self._query, self._page_hash
        state.page_name = "" if self._page_hash else self.page
        state.widget_states.widgets.extend(changed)
        state.cached_message_hashes.extend(self._kept())
        start, size = time.perf_counter(), self.socket.received
        await self.socket.send(request.SerializeToString())
        async with asyncio.timeout(WAIT_SECONDS):
            await self._until_finished()
        return Rerun(time.perf_counter() - start, self.socket.received - size)

    async def change(self, key: str, place: int) -> Rerun:
        """Choose an option of a widget, counted from its last, and wait for the page.

        Raises:
            KeyError: The page has no such widget.
        """
        return await self.rerun(_with_option(self.widgets[key], place))

    def _kept(self) -> list[str]:
        """Return the hashes of the messages that a browser would still have."""
        self._runs += 1
        oldest = self._runs - KEPT_RUNS
        self._last_use = {
            kept: last_use for kept, last_use in self._last_use.items() if last_use >= oldest
        }
        return list(self._last_use)

    async def _until_finished(self) -> None:
        while True:
            message = ForwardMsg.FromString(await self.socket.recv(decode=False))
            self._take(message)
            is_end = message.WhichOneof("type") == "script_finished"
            if is_end and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return

    def _take(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if message.metadata.cacheable or kind == "ref_hash":
            self._last_use[message.ref_hash or message.hash] = self._runs
        if kind == "navigation":
            self._page_hash = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self._query = message.page_info_changed.query_string
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._take_element(message.delta.new_element)

    def _take_element(self, element: Any) -> None:
        kind = element.WhichOneof("type")
        if kind == "exception":
            raise ServerFaultError(f"{element.exception.type}: {element.exception.message}")
        widget = getattr(element, kind)
        key = getattr(widget, "id", "").split("-", 2)[-1]
        if key:
            self.widgets[key] = widget


def _with_option(widget: Any, place: int) -> WidgetState:
    """Return a widget with one of its options chosen, over and over from the last to the first."""
    options = [getattr(option, "content", option) for option in widget.options]
    option = options[-1 - place % len(options)]
    if widget.DESCRIPTOR.name.lower() in _ONE_VALUE:
        return WidgetState(id=widget.id, string_value=option)
    state = WidgetState(id=widget.id)
    state.string_array_value.data.append(option)
    return state


@asynccontextmanager
async def session(port: int, page: str = "") -> AsyncIterator[Session]:
    """Open a page on this machine's server at a port, run once."""
    address = f"ws://127.0.0.1:{port}/_stcore/stream"
    async with connect(
        address,
        create_connection=CountingConnection,
        max_size=MOST_BYTES,
        subprotocols=["streamlit"],
        proxy=None,
    ) as socket:
        opened = Session(socket, page)
        await opened.rerun()
        yield opened
