# One image for web, worker, beat and the one-off commands.
FROM python:3.11-slim AS packages
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /venv
COPY requirements.txt .
RUN /venv/bin/pip install --quiet --require-hashes -r requirements.txt

FROM python:3.11-slim
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=diplomacy.settings
RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin record
COPY --from=packages /venv /venv
WORKDIR /app
COPY . .
# Neither step talks to a server. The key is of this step only and signs nothing.
RUN python -m compileall -q accounts diplomacy events news \
    && python -m diplomacy.translations \
    && SECRET_KEY=only-while-building python manage.py collectstatic --no-input --verbosity 0 \
    && install --directory --owner record /var/lib/record/packages
# A volume that is mounted there takes over whose it is.
ENV PACKAGES_DIR=/var/lib/record/packages
USER record
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
# Processes, not threads: each has its own pool of database connections.
ENV GRANIAN_WORKERS=2
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", \
     "--blocking-threads", "1", "--respawn-failed-workers", "--log-level", "warning", \
     "diplomacy.wsgi:application"]
