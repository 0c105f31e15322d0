# The Plotly bundle with our trace types only.
FROM node:22-slim AS bundle
WORKDIR /serval
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY tools tools
RUN node tools/bundle.mjs

FROM python:3.11-slim AS packages
COPY requirements.lock .
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.lock

FROM python:3.11-slim
RUN useradd --system --create-home serval
WORKDIR /serval
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 HOST=0.0.0.0 PORT=8050
COPY --from=packages /venv /venv
COPY . .
COPY --from=bundle /serval/build build
# Loading the app once checks the record and makes the compressed files, so that a start takes seconds.
RUN python -m serval validate && python -c "import app" && python -m compileall -q serval components app.py \
  && chown -R serval build
USER serval
EXPOSE 8050
HEALTHCHECK --interval=30s --timeout=5s --start-period=15s \
  CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/healthz', timeout=4)"]
CMD ["python", "-m", "serval", "serve"]
