"""The workers that are asked: Dask's own on this machine, or those of a scheduler elsewhere.

For the command line. Workers on this machine listen on the loopback address only. A scheduler at tls://... is spoken to with
the certificates that Dask's own configuration names; Dask has no other lock, see docs/operations.md.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from events.model import DatelineError

if TYPE_CHECKING:
    from distributed import Client

LOOPBACK = "127.0.0.1"
PATIENCE = 120.0  # seconds in which a scheduler that went away, or a first worker, may come
KILLS = 1  # workers that a partition of ours may end before it is looked at more closely, on this machine
_LOCAL = re.compile(r"local(?::(\d{1,4}))?")


class ClusterError(DatelineError):
    """Workers that can't be had, or that can't do the work; the message says what to do."""


@dataclass(slots=True)
class Workers:
    """A client of a scheduler. `address` is where to find the scheduler again."""

    client: Client
    address: str
    patience: float = PATIENCE
    own: bool = False  # whether they are this process's, so that nobody else starts them again

    @property
    def threads(self) -> int:
        """How many partitions are read at once now: 0 while no worker is there."""
        return sum(self.client.nthreads().values())

    @property
    def dashboard(self) -> str:
        """The address of Dask's own page on its work."""
        return str(self.client.dashboard_link)

    def connect_anew(self) -> None:
        """Find the scheduler again after it went away. Raises ClusterError where it does not come back."""
        self.client.close(timeout=1)
        self.client = _client(self.address, self.patience)


@contextmanager
def open_workers(where: str, patience: float = PATIENCE) -> Iterator[Workers]:
    """The workers at "local", "local:4" or a scheduler's address, until the block ends.

    patience: seconds to wait for a scheduler and its first worker. Raises ClusterError.
    """
    try:
        import distributed
    except ImportError as missing:
        raise ClusterError('--dask needs Dask: pip install "dask>=2025.1" "distributed>=2025.1"') from missing
    local = _LOCAL.fullmatch(where)
    if not local and "://" not in where:
        raise ClusterError(f'"{where}" is neither local, local:4 nor an address like tcp://scheduler:8786')
    if not local:
        yield from _elsewhere(where, patience)
        return
    import dask

    own = {
        "distributed.scheduler.allowed-failures": KILLS,
        "distributed.worker.daemon": True,
        "distributed.worker.profile.enabled": False,  # it costs a worker a twentieth of its time
        "distributed.admin.tick.interval": "200ms",
        "distributed.deploy.lost-worker-timeout": f"{patience}s",  # on a busy machine one takes longer to start than Dask's 15
    }
    with (
        dask.config.set(own),
        distributed.LocalCluster(
            n_workers=int(local[1]) if local[1] else dask.system.CPU_COUNT, threads_per_worker=1, processes=True,
            host=LOOPBACK, dashboard_address=f"{LOOPBACK}:0", silence_logs=logging.CRITICAL,
        ) as cluster,
        distributed.Client(cluster) as client,
    ):  # fmt: skip
        yield Workers(client, cluster.scheduler_address, patience, own=True)


def _elsewhere(address: str, patience: float) -> Iterator[Workers]:
    workers = Workers(_client(address, patience), address, patience)
    try:
        workers.client.wait_for_workers(1, timeout=patience)
        yield workers
    except TimeoutError as error:
        raise ClusterError(f"the scheduler at {address} has no workers: start some with dask worker") from error
    finally:
        workers.client.close(timeout=5)


def _client(address: str, patience: float) -> Client:
    from distributed import Client

    try:
        return Client(address, timeout=patience)
    except (OSError, TimeoutError, ValueError, TypeError, RuntimeError) as error:
        raise ClusterError(f"no Dask scheduler answers at {address} ({error})") from error
