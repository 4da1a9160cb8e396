"""Fetches the public treebanks at their commits and writes them as the parser's training reads them.

    python -m training.fetch_treebanks --target DIR

Needs git and the network. English-EWT's training part is joined from its documents by its own list; of GUM the genres that
may be used freely are taken. Each written file must have the SHA-256 that stands below, else it stops. Licences are listed
in training/README.md.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

EWT = ("https://github.com/UniversalDependencies/UD_English-EWT", "15d613d8")
GUM = ("https://github.com/amir-zeldes/gum", "72ce5ac1")
SHA256 = {
    "ewt_dev.conllu": "531a54ff90d6ab12201c5a50c3e78e6ddac4de69abc4bce5d275d3cd29efe2b6",
    "ewt_test.conllu": "e266e515a0a7547657ed3d90d9ba46487d6bd251f27ad4269d4e8a427c8555cd",
    "ewt_train.conllu": "3fb78e2b55482c8ee00caa653af436c88c9e5bc9a73ce26e4ae3ddc79d2b7e7b",
    "gum_open_newstest.conllu": "9724c191313e8e00fa87cdfcb8af2b99d05c3545b8ea956372faa8c666ab048d",
    "gum_open_train.conllu": "2c74a7a601cc7b1db91c542944562bcb8d4ee3158b7c556b754a4a2748d6d113",
}
# GUM's documents by genre: what GUM trains on, and of its development and test parts the news and interviews.
TRAIN = {
    "academic": "art census economics enjambment epistemic games huh implicature lighting mutation replication salinity "
    "theropod thrones",
    "bio": "bernoulli chao enfant fillmore galois goode gordon hadid higuchi holt jerome marbles moreau nida padalecki "
    "theodorus",
    "court": "carpet equality fire insanity negligence prince property",
    "interview": "ants brotherhood chomsky cocktail daly dungeon herrick licen mcguire mckenzie messina onion peres shalev "
    "stardust",
    "news": "afghan asylum clock crane defector election expo flag hackers ie9 imprisoned korea lanterns questionnaire "
    "soccer stampede taxes warhol warming worship",
    "speech": "albania data destiny floyd humanitarian maiden nixon remarks school telescope trump",
    "voyage": "chatham cleveland cuba fortlee guadeloupe isfahan lodz merida phoenix socotra sydfynske thailand tulsa york",
}
NEWSTEST = {"interview": "cyclone gaming hill libertarian", "news": "homeopathic iodine nasa sensitive"}


def main() -> None:
    """Clone, join, check, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--target", type=Path, required=True)
    target = parser.parse_args().target
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        ewt, gum = clone(*EWT, Path(folder)), clone(*GUM, Path(folder))
        for name, paths in files(ewt, gum):
            written = joined(path.read_text(encoding="utf-8") for path in paths).encode()
            if hashlib.sha256(written).hexdigest() != SHA256[name]:
                raise SystemExit(f"{name}: not the text that the recipe was written for (SHA-256 differs)")
            (target / name).write_bytes(written)
            print(name)


def clone(repository: str, commit: str, folder: Path) -> Path:
    """A repository at a commit, below a folder."""
    to = folder / repository.rsplit("/", 1)[1]
    subprocess.run(["git", "clone", "--quiet", repository, str(to)], check=True)
    subprocess.run(["git", "-C", str(to), "checkout", "--quiet", commit], check=True)
    return to


def files(ewt: Path, gum: Path) -> Iterator[tuple[str, list[Path]]]:
    """The files to write with those of the repositories that they are joined from, in order."""
    yield "ewt_dev.conllu", [ewt / "en_ewt-ud-dev.conllu"]
    yield "ewt_test.conllu", [ewt / "en_ewt-ud-test.conllu"]
    own = ewt / "not-to-release"
    listed = (own / "file-lists" / "files.train").read_text(encoding="utf-8").split()
    yield "ewt_train.conllu", [own / "sources" / path for path in listed]
    for name, chosen in (("gum_open_train.conllu", TRAIN), ("gum_open_newstest.conllu", NEWSTEST)):
        yield (
            name,
            [gum / "dep" / f"GUM_{genre}_{one}.conllu" for genre, ones in chosen.items() for one in ones.split()],
        )


def joined(documents: Iterable[str]) -> str:
    r"""Documents in CoNLL-U one after another, with a blank line after each.

    >>> joined(["# newdoc\n1\tIt\n\n", "# newdoc\n1\tOh\n"])
    '# newdoc\n1\tIt\n\n# newdoc\n1\tOh\n\n'
    """
    return "".join(document.rstrip("\n") + "\n\n" for document in documents)


if __name__ == "__main__":
    main()
