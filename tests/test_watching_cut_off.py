"""A watcher that ends at any step, before it or after it, without a chance to clean up: the next run ends where an
undisturbed one does. That a step is there whole or not at all is the database's part; the store's own tests kill it.
"""

import pytest

from events.watching.watcher import LEASE
from tests.feeds import Desk, item, rss
from tests.local_site import fetcher_for, local_site

PATHS = ["/a", "/b"]
STEPS = 8  # of an undisturbed run: two claims, four stories, two states


class CutOff(BaseException):
    """What no handler catches."""


@pytest.fixture(scope="module")
def site():
    with local_site() as here:
        for name in PATHS:
            here.pages[name] = rss(*(item(f"{name[1:]}-{n}") for n in (1, 2)))
        yield here


def desk_at(path, site, fetcher):
    return Desk(path, fetcher, [site.url(name) for name in PATHS])


def cut_off_at(desk, step, *, after):
    """Let the desk's step of this number (from 1) be its last, done or not. Returns the steps that were begun."""
    begun = []

    def watched(act):
        def step_of_it(*arguments, **named):
            begun.append(act.__name__)
            if len(begun) > step or (len(begun) == step and not after):
                raise CutOff
            done = act(*arguments, **named)
            if len(begun) == step:
                raise CutOff
            return done

        return step_of_it

    desk.states.claim, desk.states.save = watched(desk.states.claim), watched(desk.states.save)
    desk.store.add = watched(desk.store.add)
    return begun


def outcome(desk):
    states = desk.states.states().values()
    seen = {state.address: sorted(desk.states.seen(state.address)) for state in states}
    return (
        sorted((story.id, story.text) for story in desk.store.stories()), sorted(e.id for e in desk.store.events()),
        desk.store.revision(), seen, [(state.failures, state.error) for state in states],
    )  # fmt: skip


def test_an_undisturbed_run_has_as_many_steps_as_are_cut_at(site, tmp_path):
    desk = desk_at(tmp_path, site, fetcher_for())
    begun = cut_off_at(desk, 1000, after=True)
    desk.watcher.once()
    assert (begun.count("claim"), begun.count("add"), begun.count("save"), len(begun)) == (2, 4, 2, STEPS)
    desk.close()


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("step", range(1, STEPS + 1))
def test_a_run_that_is_cut_off_at_a_step_is_taken_up_again(site, tmp_path, step, after):
    whole = desk_at(tmp_path / "whole", site, fetcher_for())
    whole.watcher.once()
    cut = desk_at(tmp_path / "cut", site, fetcher_for())
    cut_off_at(cut, step, after=after)
    with pytest.raises(CutOff):
        cut.watcher.once()
    cut.fetcher.clock.sleep(LEASE + 1)
    resumed = desk_at(tmp_path / "cut", site, cut.fetcher)
    resumed.watcher.once()
    assert outcome(resumed) == outcome(whole)
    for desk in (whole, cut, resumed):
        desk.states.close()
        desk.store.close()
