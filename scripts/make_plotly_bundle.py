"""Make the drawing library that the offline page carries in itself.

Run once, when plotly.py moves to another plotly.js, on a machine with npm and internet:

    python scripts/make_plotly_bundle.py

The npm package plotly.js (MIT) is bundled by esbuild with the only traces that our figures use:
scatter, bar and scattergeo. The ready-made bundles hold either no maps or no bars, or three times
as much. `dashboard/assets/README.md` says version and checksum of what came out.
"""

from __future__ import annotations

import hashlib
import subprocess
import tempfile
from pathlib import Path

PLOTLY, ESBUILD = "4.1.1", "0.28.2"
TRACES = ("bar", "scattergeo")
"""Scatter is always in the core."""
TARGET = Path(__file__).parent.parent / "dashboard" / "assets"
BANNER = (
    f"/*! plotly.js {PLOTLY} (scatter, bar, scattergeo), copyright 2012-2026 Plotly Technologies "
    "Inc., MIT licence: LICENSE-plotly-geo.txt */"
)


def main() -> None:
    """Write the bundle and its licence, and print what the README has to say of them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "package.json").write_text('{"private": true}', encoding="utf-8")
        packages = [f"plotly.js@{PLOTLY}", f"esbuild@{ESBUILD}"]
        _run(folder, "npm", "install", "--no-audit", "--no-fund", *packages)
        (folder / "entry.js").write_text(_entry(), encoding="utf-8")
        result = TARGET / "plotly-geo.min.js"
        _run(
            folder,
            "node_modules/.bin/esbuild",
            "entry.js",
            "--bundle",
            "--minify",
            "--format=iife",
            "--global-name=Plotly",
            "--target=es2019",
            "--define:global=window",
            "--define:define.amd=false",
            "--define:process.env.NODE_DEBUG=false",
            "--legal-comments=none",
            f"--banner:js={BANNER}",
            "--outfile=bundle.js",
        )
        result.write_bytes((folder / "bundle.js").read_bytes())
        licence = (folder / "node_modules" / "plotly.js" / "LICENSE").read_bytes()
        (TARGET / "LICENSE-plotly-geo.txt").write_bytes(licence)
    print(
        f"{result.stat().st_size} bytes, SHA-256 {hashlib.sha256(result.read_bytes()).hexdigest()}"
    )


def _entry() -> str:
    traces = ", ".join(f'require("plotly.js/lib/{trace}")' for trace in TRACES)
    return (
        'var Plotly = require("plotly.js/lib/core");\n'
        f"Plotly.register([{traces}]);\n"
        "module.exports = Plotly;\n"
    )


def _run(folder: Path, *command: str) -> None:
    subprocess.run(command, cwd=folder, check=True)


if __name__ == "__main__":
    main()
