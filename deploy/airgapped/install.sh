#!/bin/sh
# Install the dashboard in this folder, from this folder alone: no network is used.
set -eu
cd "$(dirname "$0")"
python=${PY:-python3}

sha256sum --check --quiet --strict SHA256SUMS

made_for=$(cat PLATFORM)
found=$("$python" deploy/airgapped/platform_name.py)
if [ "$found" != "$made_for" ]; then
  echo "These wheels are for $made_for, but '$python' is $found." >&2
  echo "Name another Python in PY, or run 'make wheelhouse' on a machine like this one." >&2
  exit 1
fi

rm -rf .uv .venv
"$python" -m zipfile -e wheels/uv-*.whl .uv
mkdir .uv/bin
mv .uv/uv-*.data/scripts/uv .uv/bin/uv
chmod +x .uv/bin/uv

export UV_PYTHON_DOWNLOADS=never UV_OFFLINE=1 UV_NO_INDEX=1 UV_FIND_LINKS="$PWD/wheels"
export UV_COMPILE_BYTECODE=1 UV_NO_CACHE=1 UV_NO_CONFIG=1
.uv/bin/uv venv --quiet --python "$python" .venv
.uv/bin/uv pip install --quiet --python .venv --no-deps --require-hashes --requirement requirements.txt
.uv/bin/uv pip install --quiet --python .venv --no-deps --editable .
"$python" -m compileall -q dashboard
# For `make`: the environment is there.
touch .venv/.ok

.venv/bin/shipments check
echo "Installed. Start it with: .venv/bin/shipments serve"
