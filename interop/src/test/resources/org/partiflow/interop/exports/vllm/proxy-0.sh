#!/bin/sh
set -eu
. "$(dirname "$0")/hosts.sh"
exec python toy_proxy_server.py \
    --port 8192 \
    --prefiller-hosts ${HOST_h0} ${HOST_l0} \
    --prefiller-ports 8100 8100 \
    --decoder-hosts ${HOST_h0} ${HOST_a0} \
    --decoder-ports 8110 8100
