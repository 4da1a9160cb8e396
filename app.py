"""The Streamlit entry: streamlit run app.py. The page itself is events/dashboard/page.py.

Streamlit's server imports this file for the page's server with the map's own routes behind the gate, and runs it as a
script for each viewer.
"""

if __name__ == "__main__":
    from events.dashboard.page import show

    show()
else:
    from starlette.middleware import Middleware
    from streamlit import App

    from events.dashboard.access.gate import Gate
    from events.dashboard.map.map_files import WantedFiles
    from events.dashboard.map.routes import routes
    from events.dashboard.warming import warm
    from events.terminal import guard_logs

    guard_logs()
    app = App("app.py", routes=routes(), lifespan=warm, middleware=[Middleware(Gate), Middleware(WantedFiles)])
