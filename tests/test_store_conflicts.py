"""Two people at one event: who speaks of what the other changed meanwhile is told, and nothing is lost or overwritten."""

import threading

import pytest
from test_corrections import arrest, fire, said, story

from events.corrections import Merge, Reject, SetLabel, SetStatus, Split
from events.store import ConflictError, Store


@pytest.fixture
def store(store_url):
    opened = Store.open(store_url)
    for number in (1, 2):
        told = story(number, source=f"Wire {number}")
        opened.add(told, [fire(told), arrest(told)])
    yield opened
    opened.close()


def seen(store):
    return store.mark()[1]


def burning(number=1):
    return fire(story(number, source=f"Wire {number}"))


def test_a_word_on_what_somebody_else_changed_meanwhile_is_told_and_not_stored(store):
    opened = seen(store)
    store.correct(said(SetStatus(status="alleged"), burning(), who="Bo"))
    with pytest.raises(ConflictError, match=r"not stored: Bo corrected it \(status\) at 2025-03-05 09:00:00 UTC"):
        store.correct(said(SetLabel(what="Depot burns"), burning()), seen=opened)
    (event, _) = store.events()
    assert (event.status, event.what) == ("alleged", "A warehouse burned down in Paris on Monday")
    assert [row.correction.who for row in store.corrections()] == ["Bo"]


def test_whoever_looked_again_is_heard(store):
    store.correct(said(SetStatus(status="alleged"), burning(), who="Bo"))
    store.correct(said(SetStatus(status="denied"), burning()), seen=seen(store))
    assert store.events()[0].status == "denied"


def test_a_change_of_another_event_is_no_conflict(store):
    opened = seen(store)
    store.correct(said(Reject(), arrest(story(1, source="Wire 1")), who="Bo"))
    assert store.correct(said(SetStatus(status="denied"), burning()), seen=opened) == 2


def test_a_change_of_another_report_of_the_same_event_is_one(store):
    opened = seen(store)
    store.correct(said(SetStatus(status="alleged"), burning(2), who="Bo"))
    with pytest.raises(ConflictError, match="Bo corrected it"):
        store.correct(said(SetStatus(status="denied"), burning(1)), seen=opened)


@pytest.mark.parametrize("change", ["undone", "new version", "extracted anew", "merged"])
def test_every_kind_of_change_is_noticed(store, change):
    one = story(1, source="Wire 1")
    number = store.correct(said(SetStatus(status="alleged"), burning(), who="Bo"))
    opened = seen(store)
    if change == "undone":
        store.undo(number, who="Bo")
    elif change == "new version":
        store.add(one.model_copy(update={"id": "s1-again", "text": one.text + " It rained."}), [])
    elif change == "extracted anew":
        store.replace_events(one, [])
    else:
        store.correct(said(Merge(), arrest(one), burning(), who="Bo"))
    with pytest.raises(ConflictError, match="after you opened it"):
        store.correct(said(Split(rest=(burning(2),)), burning()), seen=opened)


def test_of_many_who_speak_at_once_of_one_state_one_is_heard(store):
    opened, heard, told = seen(store), [], []

    def speak(who):
        try:
            heard.append(store.correct(said(SetLabel(what=f"As {who} says"), burning(), who=who), seen=opened))
        except ConflictError as error:
            told.append(str(error))

    threads = [threading.Thread(target=speak, args=(who,)) for who in ("Ada", "Bo", "Cy", "Di")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (row,) = store.corrections()
    assert (len(heard), len(told)) == (1, 3)
    assert store.events()[0].what == f"As {row.correction.who} says"
    assert all(row.correction.who in words for words in told)
