# Woodshed in one container:  docker build -t woodshed . && docker run -p 8000:8000 -v woodshed:/data woodshed
# Everything that must outlive it (the database, the secret key) is in /data.

FROM python:3.13-slim-trixie AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/venv
COPY requirements/base.txt /tmp/base.txt
RUN /opt/venv/bin/pip install --require-hashes -r /tmp/base.txt
WORKDIR /srv/woodshed
COPY . .
RUN DJANGO_SETTINGS_MODULE=site_config.settings.local WOODSHED_DATA=/tmp/data \
        /opt/venv/bin/python manage.py collectstatic --no-input --verbosity 0 \
    && /opt/venv/bin/python -m compileall -q accounts content lessons sandbox site_config manage.py \
    && chmod -R a+rX .

FROM python:3.13-slim-trixie
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin woodshed \
    && install --directory --owner woodshed --group woodshed --mode 0750 /data
COPY --from=build /opt/venv /opt/venv
COPY --from=build /srv/woodshed /srv/woodshed
WORKDIR /srv/woodshed
ENV DJANGO_SETTINGS_MODULE=site_config.settings.production \
    WOODSHED_DATA=/data \
    PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
USER 10001:10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["python", "scripts/healthcheck.py"]
CMD ["sh", "scripts/container_start.sh"]
