"""Starts the dashboard on this machine; loads the sample stories into a store that does not exist yet.

    python -m scripts.run

The store is the one that `python -m events` uses: DATELINE_STORE, else a file in the user's data folder. The page is
bound to this machine alone. DATELINE_PORT asks for another port than 8501.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from events.store import Store

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Load the samples if nothing is stored yet, and serve the page until it is stopped. Returns the exit status."""
    store = Store.open()
    empty = store.story_count() == 0
    store.close()
    if empty:
        print("Loading the sample stories …", flush=True)
        subprocess.run([sys.executable, "-m", "events", "ingest", str(ROOT / "samples")], cwd=ROOT, check=True)
    port = os.environ.get("DATELINE_PORT", "8501")
    print(f"Dateline is at http://127.0.0.1:{port}  (stop it with Ctrl-C)", flush=True)
    page = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.address", "127.0.0.1", "--server.port", port]
    try:
        return subprocess.run(page, cwd=ROOT, check=False).returncode
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main())
