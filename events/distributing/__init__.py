"""Extraction on many machines: Dask's scheduler and workers read the stories, one process takes in what they found.

For the command line (`extract` and `ingest` with `--dask`). `extracting` opens the workers, its answers come in the order of
the stories, whatever happened to the workers in between. It needs the packages of the extra "dask".
"""

from events.distributing.answers import Answer, Profile
from events.distributing.clusters import Workers, open_workers
from events.distributing.driving import answers_of

__all__ = ["Answer", "Profile", "Workers", "answers_of", "open_workers"]
