"""Serval's page beside the same job in Streamlit and Panel: `make bench`, docs/performance.md."""
