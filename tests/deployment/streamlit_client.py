"""A reader without a browser: speaks to the server as Streamlit's own page does."""

from __future__ import annotations

import contextlib
import http.client
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from types import TracebackType
from urllib.parse import urlsplit
from uuid import uuid4

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

PATIENCE_SECONDS = 30


@dataclass
class Reader:
    """A session, with the cookies that came with it.

    Attributes:
        address: Where the dashboard is.
        cookies: As a browser would hold them.
        run: All that the last run of a page has sent.
    """

    address: str
    cookies: dict[str, str] = field(default_factory=dict)
    run: list[ForwardMsg] = field(default_factory=list)
    _connection: ClientConnection | None = None
    _opened: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)

    def __enter__(self) -> Reader:
        self.open()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def replica(self) -> str:
        """The replica that the cookie names."""
        return self.cookies.get("replica", "")

    def open(self) -> None:
        """Open the page, then its websocket, with what cookies there are."""
        assert self.get("/")[0] == 200
        assert self.get("/_stcore/health")[0] == 200
        websocket = connect(
            f"ws://{urlsplit(self.address).netloc}/_stcore/stream",
            subprotocols=["streamlit"],
            origin=self.address,
            additional_headers={"Cookie": self._cookie_header()},
            proxy=None,
            open_timeout=PATIENCE_SECONDS,
            max_size=None,
        )
        self._connection = self._opened.enter_context(websocket)
        for header in self._connection.response.headers.get_all("Set-Cookie"):
            self._keep(header)

    def close(self) -> None:
        """Close the websocket, if the other end did not."""
        with contextlib.suppress(OSError):
            self._opened.close()

    def get(self, path: str) -> tuple[int, bytes]:
        """Return status and body of a request with the cookies."""
        return self._asked("GET", path)

    def rerun(self, page: str = "", query: str = "") -> None:
        """Have a page run, and wait until it has; what it shows is in `run`."""
        message = BackMsg()
        message.rerun_script.page_name = page
        message.rerun_script.query_string = query
        self._send(message)
        self.run = []
        while not self.run or self.run[-1].WhichOneof("type") != "script_finished":
            self.run.append(self._received())
        assert self.run[-1].script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
        faults = [each.exception for each in self._elements() if each.HasField("exception")]
        assert not faults, faults

    def shows(self, text: str) -> bool:
        """Return True if the last run has sent a text."""
        return any(text.encode() in message.SerializeToString() for message in self.run)

    def upload(self, name: str, content: bytes) -> int:
        """Return the status with which the server takes a file that the reader chose."""
        message = BackMsg()
        message.file_urls_request.request_id = uuid4().hex
        message.file_urls_request.session_id = self._session_id
        message.file_urls_request.file_names.append(name)
        self._send(message)
        [place] = self._answer("file_urls_response").file_urls_response.file_urls
        form = (
            b'--edge\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n'
            + content
            + b"\r\n--edge--\r\n"
        )
        kind = {"Content-Type": "multipart/form-data; boundary=edge"}
        return self._asked("PUT", place.upload_url, form, kind)[0]

    def download(self, label: str) -> tuple[int, bytes]:
        """Return status and content of the file that the last run offers under a label."""
        [button] = [
            element.download_button
            for element in self._elements()
            if element.HasField("download_button") and label in element.download_button.label
        ]
        message = BackMsg()
        message.backend_operation_request.request_id = uuid4().hex
        message.backend_operation_request.session_id = self._session_id
        message.backend_operation_request.deferred_file.file_id = button.deferred_file_id
        self._send(message)
        answer = self._answer("backend_operation_response")
        return self.get(answer.backend_operation_response.deferred_file.url)

    def _elements(self) -> list:
        deltas = [message.delta for message in self.run if message.WhichOneof("type") == "delta"]
        return [delta.new_element for delta in deltas if delta.HasField("new_element")]

    @property
    def _session_id(self) -> str:
        [session] = [
            message.new_session
            for message in self.run
            if message.WhichOneof("type") == "new_session"
        ]
        return session.initialize.session_id

    def _asked(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> tuple[int, bytes]:
        place = urlsplit(self.address)
        connection = http.client.HTTPConnection(
            place.hostname, place.port, timeout=PATIENCE_SECONDS
        )
        cookies = {
            "Cookie": self._cookie_header(),
            "X-Xsrftoken": self.cookies.get("_streamlit_xsrf", ""),
        }
        try:
            connection.request(method, path, body, {**cookies, **(headers or {})})
            answer = connection.getresponse()
            for header in answer.headers.get_all("Set-Cookie") or ():
                self._keep(header)
            return answer.status, answer.read()
        finally:
            connection.close()

    def _answer(self, kind: str) -> ForwardMsg:
        while True:
            message = self._received()
            if message.WhichOneof("type") == kind:
                return message

    def _send(self, message: BackMsg) -> None:
        assert self._connection
        self._connection.send(message.SerializeToString())

    def _received(self) -> ForwardMsg:
        assert self._connection
        content = self._connection.recv(timeout=PATIENCE_SECONDS)
        assert isinstance(content, bytes)
        return ForwardMsg.FromString(content)

    def _cookie_header(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def _keep(self, header: str) -> None:
        for name, morsel in SimpleCookie(header).items():
            self.cookies[name] = morsel.value
