"""The subprocess of `renderer`: reads orders, drives one browser, writes files."""

from __future__ import annotations

import asyncio
import base64
import json
import sys
from pathlib import Path
from typing import Any

from choreographer import Browser

PATIENCE_SECONDS = 14
CSS_PIXELS_AN_INCH = 96


async def main(orders: list[dict[str, Any]]) -> None:
    """Render every order with one browser."""
    async with Browser(headless=True, enable_sandbox=False) as browser:
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
    return answer.get("result", {}).get("value")


async def _wait_until_drawn(tab: Any) -> None:
    for _ in range(PATIENCE_SECONDS * 20):
        if await _evaluated(tab, "window.sheetReady === true"):
            return
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
    asyncio.run(main(json.load(sys.stdin)))
