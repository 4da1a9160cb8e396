"""Lists of choices that say how many events each would give, and stay right when the counts change under a hand.

For the rail. Streamlit's browser names a choice by its label. One that was pressed while the server had newer counts comes
under a label that the server no longer has, and would be lost: it is known by what stands before its count.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from events.look import locale

BEFORE_COUNT = " · "
Name = Callable[[str], str]


def counted_choices(
    label: str, key: str, options: Sequence[str], counts: Mapping[str, int], *,
    name: Name, placeholder: str, help: str | None = None,
) -> None:  # fmt: skip
    """Write a list of options, any number of which may be chosen. name: an option in words, the same whatever its count."""
    st.multiselect(
        label, options, key=key, placeholder=placeholder, select_all=False, help=help,
        format_func=lambda option: f"{name(option)}{BEFORE_COUNT}{locale.number(counts.get(option, 0))}",
        on_change=_know_again, args=(key, options, name),
    )  # fmt: skip


def _know_again(key: str, options: Sequence[str], name: Name) -> None:
    chosen = st.session_state[key] or ()
    if known := known_again(chosen, options, name):
        st.session_state[key] = known


def known_again(chosen: Sequence[str], options: Sequence[str], name: Name) -> list[str] | None:
    """The chosen options, those that came under an older label too; None where all are options already.

    >>> known_again(["fr", "Germany · 1,204"], ["de", "fr"], {"de": "Germany", "fr": "France"}.__getitem__)
    ['fr', 'de']
    >>> known_again(["fr"], ["de", "fr"], str) is None
    True
    """
    offered = set(options)
    if offered.issuperset(chosen):
        return None
    named = {name(option): option for option in reversed(options)}
    found = (choice if choice in offered else named.get(choice.rpartition(BEFORE_COUNT)[0]) for choice in chosen)
    return list(dict.fromkeys(option for option in found if option))
