"""Whether the pinned packages have known holes, asked of the index of advisories by pip-audit.

    python -m scripts.audit

Exit status: 0 none known, 1 some, 3 the index can't be reached, which says nothing about the packages. pip-audit
(Apache-2.0) is fetched into a folder of its own and not into Dateline's environment.
"""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TOOL = ROOT / "build" / "audit"
UNREACHABLE = 3
_NO_ANSWER = ("ConnectionError", "Max retries", "NewConnectionError", "Temporary failure", "timed out", "ServiceError",
              "Could not fetch", "No matching distribution", "ProxyError", "SSLError", "ResolutionError")  # fmt: skip


def outcome(status: int, told: str) -> int:
    """The exit status for what pip-audit ended with and said.

    >>> outcome(0, ""), outcome(1, "Found 2 known vulnerabilities"), outcome(1, "requests.exceptions.ConnectionError")
    (0, 1, 3)
    """
    if status == 0:
        return 0
    return UNREACHABLE if "known vulnerabilit" not in told and any(sign in told for sign in _NO_ANSWER) else 1


def main() -> int:
    """Ask, and say what came of it. Returns the exit status."""
    python = TOOL / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    if not python.exists():
        venv.create(TOOL, with_pip=True)
    commands = (
        [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", "pip-audit>=2.9,<3"],
        [
            str(python),
            "-m",
            "pip_audit",
            "--no-deps",
            "--disable-pip",
            "--progress-spinner",
            "off",
            "-r",
            "requirements.txt",
        ],
    )
    for command in commands:
        run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        told = run.stdout + run.stderr
        status = outcome(run.returncode, told)
        if status == UNREACHABLE:
            print(
                "The index of known holes can't be reached: nothing is known of the packages either way.",
                file=sys.stderr,
            )
            return status
        if status:
            print(told, file=sys.stderr)
            return status
    print("No known holes in what requirements.txt pins.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
