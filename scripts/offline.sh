#!/usr/bin/env bash
# Run a command with no network but this machine's own loopback: scripts/offline.sh make test
# Linux only. Where the kernel refuses such a network, the command is not run.
set -euo pipefail

if (($# == 0)); then
  echo "usage: scripts/offline.sh COMMAND [ARGUMENT ...]" >&2
  exit 2
fi
for tool in unshare ip setpriv; do
  command -v "$tool" >/dev/null || { echo "offline: $tool is missing (util-linux, iproute2)" >&2; exit 1; }
done

# The tests look at this, and then demand that there is no way out.
export SHIPMENTS_CUT_OFF=true

if ((EUID == 0)); then
  alone=(unshare --net --)
  back=()
elif unshare --map-root-user --net -- ip link set lo up 2>/dev/null; then
  alone=(unshare --map-root-user --net --)
  back=()
elif sudo --non-interactive true 2>/dev/null; then
  # Root makes the network; the command runs as the user, with the user's own environment.
  alone=(sudo --preserve-env env "PATH=$PATH" "LD_LIBRARY_PATH=${LD_LIBRARY_PATH:-}" unshare --net --)
  back=(setpriv "--reuid=$(id -u)" "--regid=$(id -g)" --init-groups --)
else
  echo "offline: this machine allows no network of one's own (tried user namespaces and sudo)" >&2
  exit 1
fi
exec "${alone[@]}" bash -c 'ip link set lo up && exec "$@"' offline "${back[@]}" "$@"
