"""How events look and how they are spoken of, on the page and in briefings alike. Knows neither Streamlit nor Folium."""
