"""Feeds, watched: asked again and again, politely, and their new entries taken into the store.

    feed_list.py    a file of addresses or an OPML file -> addresses
    named_lists.py  what the command line names, read again when it changes
    adding_feeds.py what a person brings, checked
    subscriptions.py  which feeds are watched, in the store's database, for watchers and the page
    following.py    what a watcher has to follow now
    state.py        what is known of each feed and its entries, in the store's database
    schedule.py     when a feed is asked again
    entries.py      which entries of a feed are new, and the stories they tell
    asking.py       one check of one feed: nothing but the network and reading
    taking_in.py    stories into the store, each whole or not at all
    outcomes.py     how a feed stands after a check, and what is said of it
    watcher.py      all feeds side by side: who is due, and one check after another
    asked_now.py    one feed, asked by who wants it
    health.py       how the feeds are, in lines
    metrics.py      and for Prometheus
    command.py      python -m events watch

The network is asked by threads, at most one a host; extraction and the store belong to one.
"""

from events.watching.command import watch

__all__ = ["watch"]
