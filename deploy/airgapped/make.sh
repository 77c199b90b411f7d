#!/usr/bin/env bash
# Make build/wheelhouse/, and one archive of it: everything that a machine without a network needs
# to run the dashboard, but for Python itself. `make wheelhouse` calls this.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

python=${PY:-python3}
uv=.uv/bin/uv
house=build/wheelhouse
wheels=$house/wheels

rm -rf "$house"
mkdir -p "$wheels"

"$uv" export --quiet --frozen --no-dev --no-emit-project --no-annotate --no-header \
  --output-file "$house/requirements.txt" >/dev/null
download=("$python" -m pip download --quiet --disable-pip-version-check --only-binary=:all: --dest "$wheels")
"${download[@]}" --no-deps --require-hashes --requirement "$house/requirements.txt"
# What installs them, and what the project itself is built with.
"${download[@]}" --no-deps "uv==$("$uv" self version --short)"
mapfile -t build_tools < <("$python" -c 'import tomllib
print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], sep="\n")')
"${download[@]}" "${build_tools[@]}" editables

# The project as it stands here, without what only its makers need.
git ls-files -z --cached --others --exclude-standard -- .streamlit briefs dashboard data \
  deploy docs ':(glob)*.md' CITATION.cff LICENSE Makefile pyproject.toml uv.lock ':!docs/images' |
  xargs -0 cp --parents --target-directory "$house"
cp deploy/airgapped/install.sh deploy/airgapped/INSTALL.txt "$house"
"$python" deploy/airgapped/platform_name.py >"$house/PLATFORM"

(cd "$house" && find . -type f ! -name SHA256SUMS -print0 | sort -z | xargs -0 sha256sum >SHA256SUMS)

version=$("$uv" version --short --frozen)
archive=build/arms-shipments-dashboard-$version-$(cat "$house/PLATFORM").tar
rm -f build/arms-shipments-dashboard-*.tar
tar --create --file "$archive" --owner=0 --group=0 --numeric-owner --sort=name \
  --transform "s,^wheelhouse,arms-shipments-dashboard-$version," --directory build wheelhouse
echo "$house: $(find "$wheels" -name '*.whl' | wc -l) wheels"
echo "$archive: $(($(stat --format %s "$archive") / 1000000)) MB"
