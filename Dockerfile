# Two images: the page (the last stage, so the default) and, with --target pictures, the same with Chromium.
# Every step is a script of tools/image/, which `make rehearse` runs without an engine, too.
# Bases are named by version. Whoever builds for production pins what they pulled and checked:
#   docker build --build-arg PYTHON=python:3.11.14-slim-bookworm@sha256:… .
ARG PYTHON=python:3.11.14-slim-bookworm
ARG NODE=node:22.20.0-bookworm-slim

# The Plotly bundle with our trace types only.
FROM ${NODE} AS bundle
WORKDIR /serval
COPY package.json package-lock.json .npmrc ./
COPY tools tools
RUN tools/image/bundle.sh

FROM ${PYTHON} AS packages
WORKDIR /serval
COPY requirements-queue.lock ./
COPY tools tools
RUN tools/image/packages.sh /venv

# What both images have; nothing in it builds or installs, and all of it can be read-only but /tmp.
FROM ${PYTHON} AS serve
WORKDIR /serval
COPY tools tools
RUN tools/image/system.sh
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 HOST=0.0.0.0 PORT=8050 HOME=/tmp SERVAL_CACHE=/tmp/cache
COPY --from=packages /venv /venv
COPY --from=bundle /serval/build build
COPY app.py gunicorn.conf.py LICENSE CITATION.cff ./
COPY assets assets
COPY components components
COPY serving serving
COPY data data
COPY serval serval
RUN tools/image/prepare.sh
ENV PYTHONDONTWRITEBYTECODE=1
EXPOSE 8050
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["python", "tools/image/healthy.py"]

FROM serve AS pictures
RUN tools/image/chromium.sh
USER 10001:10001
CMD ["python", "-m", "serval", "worker"]
HEALTHCHECK --interval=30s --timeout=10s --start-period=40s CMD ["python", "-m", "serval", "worker", "--check"]

FROM serve AS page
USER 10001:10001
CMD ["python", "-m", "serval", "serve"]
