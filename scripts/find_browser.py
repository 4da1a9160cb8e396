"""Finds the Chrome or Chromium that the browser tests drive; installs Debian's when asked and allowed.

    python -m scripts.find_browser             prints its path
    python -m scripts.find_browser --install   the same, after installing one if there is none

The tests never skip for want of a browser: where none can be had, this fails and says what to install.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from scripts.debian_packages import install

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
)
ADVICE = (
    "No Chrome or Chromium was found. Install one (Debian, Ubuntu: apt install chromium), or set CHROME to its path."
)


def find_browser() -> str | None:
    """The path of a Chrome or Chromium: the one that CHROME names, else one on the PATH, else where it usually lies."""
    if named := os.environ.get("CHROME"):
        return named if Path(named).exists() else None
    on_path = (found for name in NAMES if (found := shutil.which(name)))
    return next(on_path, None) or next((place for place in PLACES if Path(place).exists()), None)


def main() -> int:
    """Print the browser's path. Returns 1 where there is none."""
    if find_browser() is None and "--install" in sys.argv[1:]:
        install(["chromium"], sudo=True)
    browser = find_browser()
    print(browser or ADVICE, file=sys.stdout if browser else sys.stderr)
    return 0 if browser else 1


if __name__ == "__main__":
    sys.exit(main())
