"""Starts the dashboard; loads the sample stories into a store that does not exist yet.

    python -m scripts.run
    python -m scripts.run --address 0.0.0.0      # for others, who sign in: docs/sign-in.md

The store is the one that `python -m events` uses: DATELINE_STORE, else a file in the user's data folder. The page is
bound to this machine alone unless another address is named, and that is refused where nobody would have to sign in.
DATELINE_PORT asks for another port than 8501. Exit status 2: refused.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from events.dashboard.access.listening import INSECURE, INSECURE_VARIABLE, is_this_machine, refusal_of_address
from events.store import Store

ROOT = Path(__file__).resolve().parents[1]
NEAR = "127.0.0.1"


def main(arguments: Sequence[str] | None = None) -> int:
    """Load the samples if nothing is stored yet, and serve the page until it is stopped. Returns the exit status."""
    asked = _asked(arguments)
    if asked.insecure:
        os.environ[INSECURE_VARIABLE] = "1"  # the page's own server asks again
    why = refusal(asked.address)
    if why:
        print(why, file=sys.stderr)
        return 2
    store = Store.open()
    empty = store.story_count() == 0
    store.close()
    if empty:
        print("Loading the sample stories …", flush=True)
        subprocess.run([sys.executable, "-m", "events", "ingest", str(ROOT / "samples")], cwd=ROOT, check=True)
    print(f"Dateline is at http://{asked.address}:{asked.port}  (stop it with Ctrl-C)", flush=True)
    page = [sys.executable, "-m", "streamlit", "run", "app.py",
            "--server.address", asked.address, "--server.port", asked.port]  # fmt: skip
    try:
        return subprocess.run(page, cwd=ROOT, check=False).returncode
    except KeyboardInterrupt:
        return 0


def refusal(address: str) -> str:
    """Why the page is not served at an address; "" where it is.

    >>> refusal("127.0.0.1")
    ''
    """
    if is_this_machine(address):
        return ""
    from events.dashboard.access.rules import rules  # it takes a second to import Streamlit

    known = rules()
    if known is None:
        return refusal_of_address(address)
    return f"Nobody could sign in: {known.trouble}. See docs/sign-in.md." if known.trouble else ""


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m scripts.run", description="Start the dashboard.")
    parser.add_argument("--address", default=NEAR, help="where to listen; %(default)s is this machine alone")
    parser.add_argument("--port", default=os.environ.get("DATELINE_PORT", "8501"), help="%(default)s")
    parser.add_argument(INSECURE, action="store_true", help="serve it to others though nobody has to sign in")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
