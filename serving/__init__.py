"""What stands between the web and the page: worker, limits, logs, counts, errors."""
