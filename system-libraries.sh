#!/bin/sh
# Sees to what the program needs of the system: Pango with its FreeType part and HarfBuzz with its subsetter, which WeasyPrint
# loads; for the print edition Ghostscript, which measures ink, and the ICC profile that comes with it; and for spelling the
# dictionaries of English and Spanish (there are none to install on macOS; make takes those of a Python package then).
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
places = ("/usr/share/hunspell", "/usr/share/myspell", "/usr/share/myspell/dicts")
for package, name in {"hunspell-en-us": "en_US", "hunspell-es": "es_ES"}.items():
    if sys.platform == "linux" and not any(glob(f"{place}/{name}.dic") for place in places):
        print(package)
END
}

# The cards for the screen do without these; says what is lost without them, or fails if others are among them.
dispensable() {
    print='' spelling='' types=''
    for package in $1; do
        case $package in
            ghostscript | libgs-common) print="$print $package" ;;
            hunspell-*) spelling="$spelling $package" ;;
            npm) types=" $package" ;;
            *) return 1 ;;
        esac
    done
    [ -z "$print" ] || echo "Without these the cards for screen and archive are built, not those for print:$print" >&2
    [ -z "$spelling" ] || echo "Without these, dictionaries are taken from a Python package of 200 MB:$spelling" >&2
    [ -z "$types" ] || echo "Without this, the tests leave out the types of the scripts:$types" >&2
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
