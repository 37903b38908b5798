#!/bin/sh
# Sees to the system libraries that WeasyPrint loads: Pango with its FreeType part, and HarfBuzz with its subsetter.
# Installs them where it may; where it may not, says which are missing. PYTHON names the interpreter to look with.
set -eu

missing() {
    "${PYTHON:-python3}" - <<'END'
import ctypes
import sys
names = {
    "libpango-1.0-0": ("libpango-1.0.so.0", "libpango-1.0.dylib"),
    "libpangoft2-1.0-0": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"),
    "libharfbuzz-subset0": ("libharfbuzz-subset.so.0", "libharfbuzz-subset.dylib"),
}
for package, (linux, mac) in names.items():
    try:
        ctypes.CDLL(mac if sys.platform == "darwin" else linux)
    except OSError:
        print(package)
END
}

packages=$(missing)
[ -n "$packages" ] || exit 0

if [ "$(uname -s)" = Darwin ]; then
    command -v brew >/dev/null || { echo "Homebrew is needed to install Pango: see its site, then run this again." >&2; exit 1; }
    brew install pango harfbuzz
elif command -v apt-get >/dev/null; then
    if [ "$(id -u)" = 0 ]; then
        as_root=
    elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
        as_root=sudo
    else
        echo "These system libraries are missing, and installing them needs an administrator:" >&2
        echo "    apt-get install" $packages >&2
        exit 1
    fi
    # shellcheck disable=SC2086  # one word for each package
    $as_root apt-get install -y --no-install-recommends $packages ||
        { $as_root apt-get update && $as_root apt-get install -y --no-install-recommends $packages; }
else
    echo "These libraries are missing; install them with this system's package manager (names as in Debian):" $packages >&2
    exit 1
fi

packages=$(missing)
[ -z "$packages" ] || { echo "Still missing after the installation:" $packages >&2; exit 1; }
