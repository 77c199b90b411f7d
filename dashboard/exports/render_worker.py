"""The subprocess of `renderer`: reads orders, drives one browser, writes files."""

from __future__ import annotations

import asyncio
import base64
import json
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from choreographer import Browser
from choreographer.browsers.chromium import Chromium

PATIENCE_SECONDS = 14
CSS_PIXELS_AN_INCH = 96
SWITCHES = ("--disable-background-networking", "--disable-extensions", "--font-render-hinting=none")
"""No call home; letters where the layout wants them, at every scale."""


class OwnChromium(Chromium):
    """A browser in the process group of this worker, so that it dies with it."""

    def get_popen_args(self) -> Mapping[str, Any]:
        """Return how to start it."""
        return {**super().get_popen_args(), "start_new_session": False}

    def get_cli(self) -> Sequence[str]:
        """Return the command that starts it."""
        return [*super().get_cli(), *SWITCHES]


async def main(orders: list[dict[str, Any]], folder: str) -> None:
    """Render every order with one browser, which keeps its own files in the folder."""
    options: dict[str, Any] = {"headless": True, "enable_sandbox": False, "tmp_dir": folder}
    async with Browser(browser_cls=OwnChromium, **options) as browser:
        for order in orders:
            tab = await browser.create_tab(order["page"])
            await _command(tab, "Emulation.setDeviceMetricsOverride", _metrics(order))
            await _wait_until_drawn(tab)
            Path(order["result"]).write_bytes(await _result(tab, order))
            await browser.close_tab(tab.target_id)


def _metrics(order: dict[str, Any]) -> dict[str, Any]:
    return {
        "width": order["width"],
        "height": order["height"],
        "deviceScaleFactor": order["scale"],
        "mobile": False,
    }


async def _command(tab: Any, name: str, arguments: dict[str, Any] | None = None) -> dict[str, Any]:
    answer = await tab.send_command(name, params=arguments or {})
    if "error" in answer:
        raise RuntimeError(f"{name}: {answer['error'].get('message', 'failed')}")
    return dict(answer.get("result", {}))


async def _evaluated(tab: Any, expression: str) -> Any:
    arguments = {"expression": expression, "returnByValue": True, "awaitPromise": True}
    answer = await _command(tab, "Runtime.evaluate", arguments)
    if "exceptionDetails" in answer:
        raise RuntimeError(answer["exceptionDetails"].get("text", "a script of the page failed"))
    return answer.get("result", {}).get("value")


async def _wait_until_drawn(tab: Any) -> None:
    for _ in range(PATIENCE_SECONDS * 20):
        if await _evaluated(tab, "window.sheetReady === true"):
            return
        fault = await _evaluated(tab, "window.sheetError")
        if fault:
            raise RuntimeError(f"the page could not be drawn: {fault}")
        await asyncio.sleep(0.05)
    raise TimeoutError("the page was not drawn in time")


async def _result(tab: Any, order: dict[str, Any]) -> bytes:
    if order["format"] == "png":
        answer = await _command(tab, "Page.captureScreenshot", {"format": "png"})
        return base64.b64decode(answer["data"])
    if order["format"] == "svg":
        return str(await _evaluated(tab, "window.sheetAsSvg()")).encode()
    printing = {
        "printBackground": True,
        "preferCSSPageSize": True,
        "generateTaggedPDF": True,
        "generateDocumentOutline": True,
        "paperWidth": order["width"] / CSS_PIXELS_AN_INCH,
        "paperHeight": order["height"] / CSS_PIXELS_AN_INCH,
    }
    answer = await _command(tab, "Page.printToPDF", printing)
    return base64.b64decode(answer["data"])


if __name__ == "__main__":
    request = json.load(sys.stdin)
    # Should the server die, nobody would end this process: then it ends itself.
    signal.alarm(request["seconds"])
    asyncio.run(main(request["orders"], request["folder"]))
