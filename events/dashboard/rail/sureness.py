"""How sure the reading must be of single attributes: the rail's sliders under that for the whole event.

For the rail. At their left end, where they stand by default, they leave nothing out.
"""

from __future__ import annotations

import streamlit as st

from events.attribute_sureness import ATTRIBUTES, Attribute
from events.dashboard.desk.url_state import MOST_SURENESS, SURENESS_STEP
from events.look import wording


def key_of(attribute: Attribute) -> str:
    """The session's name for how sure an attribute must be."""
    return f"sure_{attribute}"


def sure_of_each() -> None:
    """Write the sliders."""
    with st.container(key="sure_of", gap=4):
        for attribute in ATTRIBUTES:
            st.slider(
                f"Sure {wording.SURE_OF[attribute]}", 0.0, MOST_SURENESS, step=SURENESS_STEP, format="%.2f",
                key=key_of(attribute),
                help="By itself, whatever the rest. What nobody knows the sureness of, imported events above all, has "
                "too little." if attribute == "place" else None,
            )  # fmt: skip
