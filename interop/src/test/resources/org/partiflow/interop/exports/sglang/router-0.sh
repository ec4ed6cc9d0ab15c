#!/bin/sh
set -eu
. "$(dirname "$0")/hosts.sh"
exec python -m sglang_router.launch_router \
    --pd-disaggregation \
    --prefill "http://${HOST_h0}:8100" \
    --prefill "http://${HOST_l0}:8100" \
    --decode "http://${HOST_h0}:8110" \
    --decode "http://${HOST_a0}:8100" \
    --port 8192
