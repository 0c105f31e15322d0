#!/bin/sh
# Checks the record, compresses the static files into build/public and compiles the code, so that nothing is
# left to be written when the server starts.
set -eu
python -m serval validate
SERVAL_CACHE=/nonexistent PYTHONDONTWRITEBYTECODE=1 python -c "import app"
python -m compileall -q serval components serving app.py gunicorn.conf.py
