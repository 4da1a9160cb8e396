"""What tests share: the gazetteer, and for those of the store one suite on a file of SQLite and on a database of PostgreSQL."""

import pytest
from postgresql_server import Server, why_not

from geodata.gazetteer import Gazetteer


@pytest.fixture(scope="session")
def gazetteer():
    """The gazetteer file, which set-up builds."""
    return Gazetteer.open()


def pytest_make_parametrize_id(config, val, argname):
    """Bytes don't name a test: packed ones can hold the clock, and two workers must call every test alike."""
    return argname if isinstance(val, bytes) else None


@pytest.fixture(scope="session")
def postgresql_server():
    """A server of the tests' own, with a database "fresh" in which a store was made."""
    if reason := why_not():
        pytest.skip(reason)
    from events.store import Store

    server = Server()
    try:
        Store.open(server.database(name="fresh")).close()
        yield server
    finally:
        server.end()


@pytest.fixture(scope="session")
def _shared_database(postgresql_server):
    return postgresql_server.database("fresh")


@pytest.fixture
def postgresql_url(postgresql_server, _shared_database):
    """The address of a database with an empty store."""
    yield _shared_database
    postgresql_server.empty(_shared_database)


@pytest.fixture
def own_postgresql_url(postgresql_server):
    """The same, for a test that changes the tables themselves."""
    address = postgresql_server.database("fresh")
    yield address
    postgresql_server.drop(address)


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request, tmp_path):
    """The address of an empty store, once of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'news.sqlite'}"
    return request.getfixturevalue("postgresql_url")
