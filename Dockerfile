# Two stages: the first installs, the second only runs what was installed, as nobody in particular.
FROM python:3.13-slim-bookworm AS build

ENV UV_PYTHON_DOWNLOADS=never \
    UV_LINK_MODE=copy \
    PIP_DISABLE_PIP_VERSION_CHECK=1

WORKDIR /src
COPY pyproject.toml requirements.lock ./
RUN python -m venv /opt/build /opt/tocsin \
 && sed -n '/^uv==/,/# via/p' requirements.lock > uv.lock \
 && /opt/build/bin/python -m pip install --no-cache-dir --no-deps --require-hashes -r uv.lock

COPY README.md LICENSE ./
COPY bot ./bot
COPY core ./core
COPY storage ./storage
COPY sandbox ./sandbox
# The lock as a constraint: only what the program needs at run time, in the versions and with the
# hashes that were tested. The model comes as data alone: pyproject.toml leaves out what it asks for.
RUN /opt/build/bin/uv pip install --python /opt/tocsin/bin/python --no-cache --compile-bytecode \
    --constraint requirements.lock --build-constraint requirements.lock '.[model]'


FROM python:3.13-slim-bookworm

RUN useradd --system --uid 10001 --no-create-home --home-dir /app tocsin \
 && install --directory --owner tocsin --group tocsin --mode 0700 /data
COPY --from=build /opt/tocsin /opt/tocsin
WORKDIR /app
# `tocsin doctor` compares the scopes Slack granted with those asked for here.
COPY manifest.yml ./

ENV PATH=/opt/tocsin/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    TOCSIN_HOST=0.0.0.0 \
    TOCSIN_PORT=8000 \
    TOCSIN_DATA_DIR=/data

USER tocsin
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM

HEALTHCHECK --interval=15s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen('http://127.0.0.1:' + os.environ['TOCSIN_PORT'] + '/health/live', timeout=4)"]

ENTRYPOINT ["tocsin"]
CMD ["serve"]
