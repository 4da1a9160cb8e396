"""The Streamlit entry: streamlit run app.py. The page itself is events/dashboard/page.py."""

from events.dashboard.page import show

show()
