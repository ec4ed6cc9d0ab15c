#!/bin/sh
set -eu
. "$(dirname "$0")/hosts.sh"
export CUDA_VISIBLE_DEVICES=4,5,6,7
exec python -m sglang.launch_server \
    --model-path meta-llama/Llama-2-7b-hf \
    --host 0.0.0.0 \
    --port 8110 \
    --tp-size 4 \
    --pp-size 1 \
    --mem-fraction-static 0.9 \
    --chunked-prefill-size 8192 \
    --max-running-requests 64 \
    --disaggregation-mode decode \
    --disaggregation-transfer-backend mooncake
