#!/bin/sh
# Sees to what the program needs of the system: Pango with its FreeType part and HarfBuzz with its subsetter, which WeasyPrint
# loads; and for the print edition Ghostscript, which measures ink, and the ICC profile that comes with it.
# FOR_TESTS: and Poppler's tools, with which the tests read a PDF's tags, Chromium, in which they open the report of a comparison,
# and npm, which installs what checks the types of the scripts in it.
# Installs them where it may; where it may not, says which are missing. PYTHON names the interpreter to look with.
set -eu

missing() {
    "${PYTHON:-python3}" - <<'END'
import ctypes
import os
import sys
from glob import glob
from shutil import which
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
if not which("gs"):
    print("ghostscript")
if "FOR_TESTS" in os.environ and sys.platform == "linux" and not (which("chromium") or which("chromium-browser") or which("google-chrome")):
    print("chromium")
if "FOR_TESTS" in os.environ and not which("pdfinfo"):
    print("poppler-utils")
if "FOR_TESTS" in os.environ and not which("npm"):
    print("npm")
places = ("/usr/share/color/icc/ghostscript", "/opt/homebrew/share/ghostscript/**", "/usr/local/share/ghostscript/**")
if not any(glob(f"{place}/default_cmyk.icc", recursive=True) for place in places):
    print("libgs-common")
END
}

# The screen edition does without these, and tests do without the types of the scripts.
dispensable() {
    for package in $1; do
        case $package in ghostscript | libgs-common | npm) ;; *) return 1 ;; esac
    done
    echo "Missing, and done without (Ghostscript makes the cards for print, npm installs a check of the tests):" $1 >&2
}

packages=$(missing)
[ -n "$packages" ] || exit 0

if [ "$(uname -s)" = Darwin ]; then
    command -v brew >/dev/null || { echo "Homebrew is needed to install Pango: see its site, then run this again." >&2; exit 1; }
    brew install pango harfbuzz ghostscript ${FOR_TESTS:+poppler node}
elif command -v apt-get >/dev/null; then
    if [ "$(id -u)" = 0 ]; then
        as_root=
    elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
        as_root=sudo
    else
        dispensable "$packages" && exit 0
        echo "These system libraries are missing, and installing them needs an administrator:" >&2
        echo "    apt-get install" $packages >&2
        exit 1
    fi
    # shellcheck disable=SC2086  # one word for each package
    $as_root apt-get install -y --no-install-recommends $packages ||
        { $as_root apt-get update && $as_root apt-get install -y --no-install-recommends $packages; }
else
    dispensable "$packages" && exit 0
    echo "These libraries are missing; install them with this system's package manager (names as in Debian):" $packages >&2
    exit 1
fi

packages=$(missing)
[ -z "$packages" ] || dispensable "$packages" || { echo "Still missing after the installation:" $packages >&2; exit 1; }
