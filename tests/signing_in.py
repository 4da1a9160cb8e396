"""Secrets of an operator for a test, in the place where the server looks for them."""

from contextlib import contextmanager

from streamlit import config
from streamlit.runtime.secrets import secrets_singleton

SETTINGS = """
[auth]
redirect_uri = "http://127.0.0.1:8501/oauth2callback"
cookie_secret = "a long secret that only this test knows, truly"
client_id = "dateline"
client_secret = "s"
server_metadata_url = "http://127.0.0.1:9/.well-known/openid-configuration"

[sign_in]
claim = "groups"
editors = ["desk"]
viewers = ["readers"]
"""


@contextmanager
def secrets_of(folder, text):
    """While it lasts, these are the operator's secrets."""
    path = folder / "secrets.toml"
    path.write_text(text, encoding="utf-8")
    before = config.get_option("secrets.files")
    config.set_option("secrets.files", [str(path)])
    secrets_singleton._reset()
    try:
        yield
    finally:
        config.set_option("secrets.files", before)
        secrets_singleton._reset()
