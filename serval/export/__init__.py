"""What is taken away: pure functions from a View to text or bytes. No Flask, no Dash, no files, no query."""
