"""Debian's own packages, installed where apt is there and we may: what the tests need beside Python.

For find_browser and find_postgresql, which go on without them where nothing can be installed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence


def install(*choices: Sequence[str], sudo: bool = False, lean: bool = False) -> None:
    """Install the first choice of packages that Debian knows, as root; nothing happens where that can't be had.

    sudo: become root by sudo where that asks for no password; lean: without the packages that go well with them.
    """
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if not shutil.which("apt-get") or (root and not (sudo and shutil.which("sudo"))):
        return
    print(f"Installing {' and '.join(choices[0])} for the tests …", flush=True)
    _run([*root, "apt-get", "-qq", "update"])
    command = [*root, "apt-get", "-qq", "install", "-y", *(["--no-install-recommends"] if lean else [])]
    for packages in choices:
        if _run([*command, *packages]) == 0:
            return


def _run(command: Sequence[str]) -> int:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    quiet = subprocess.DEVNULL
    return subprocess.run(command, env=environment, stdout=quiet, stderr=quiet, check=False).returncode
