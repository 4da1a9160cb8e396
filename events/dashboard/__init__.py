"""The only rooms that know Streamlit, Folium and Altair."""
