"""Fetching over TLS: the connection goes to the address that was checked, the certificate is held against the name."""

import shutil
import ssl
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from events.fetching import FetchError, fetcher
from tests.local_site import HERE, fetcher_for

OPENSSL = shutil.which("openssl")
pytestmark = pytest.mark.skipif(OPENSSL is None, reason="makes its certificate with openssl, which is not here")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        [
            OPENSSL, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
            "-subj", "/CN=news.test", "-addext", "subjectAltName=DNS:news.test", "-keyout", folder / "key.pem",
            "-out", folder / "cert.pem",
        ],
        check=True, capture_output=True,
    )  # fmt: skip
    return folder


@pytest.fixture(scope="module")
def port(certificate):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"It rained.")

        def log_message(self, *_):
            pass

    class Quiet(HTTPServer):
        def handle_error(self, *_):
            pass

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    server = Quiet((HERE, 0), Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_certificate_that_nobody_vouches_for_is_refused(port):
    with pytest.raises(FetchError) as error:
        fetcher_for().fetch(f"https://news.test:{port}/")
    assert (error.value.kind, "CERTIFICATE_VERIFY_FAILED" in str(error.value)) == ("unreachable", True)


def test_a_certificate_is_held_against_the_name_and_not_the_address(port, certificate, monkeypatch):
    trusting = ssl.create_default_context(cafile=str(certificate / "cert.pem"))
    monkeypatch.setattr(fetcher, "_tls", lambda: trusting)
    asking = fetcher_for(("news.test", "other.test"))
    assert asking.fetch(f"https://news.test:{port}/").body == b"It rained."
    with pytest.raises(FetchError) as error:
        asking.fetch(f"https://other.test:{port}/")
    assert "Hostname mismatch" in str(error.value)
