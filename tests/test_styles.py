"""What the page's style sheets must not lose: rules on which the layout of single buttons hangs."""

import re
from pathlib import Path

from events.dashboard.page import REVIEW_STYLE, STYLE

PANEL = Path(REVIEW_STYLE).with_name("panel.py")


def rules(sheet):
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
    return {selector.strip(): body for selector, body in re.findall(r"([^{}]+){([^{}]*)}", text)}


def test_the_button_over_a_row_of_a_story_is_unseen_and_covers_it():
    assert 'key=f"go_told_{one.number}"' in PANEL.read_text(encoding="utf-8")
    found = rules(REVIEW_STYLE)
    assert "opacity: 0" in found['[class*="st-key-go_told_"] button']
    assert "position: absolute" in found['[class*="st-key-go_told_"]']


def test_every_primary_button_has_ink_that_shows_on_it():
    assert any('button[kind^="primary"]' in selector and "--page" in body for selector, body in rules(STYLE).items())
