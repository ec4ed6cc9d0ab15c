#!/bin/sh
set -eu
. "$(dirname "$0")/hosts.sh"
export CUDA_VISIBLE_DEVICES=0
exec python -m sglang.launch_server \
    --model-path meta-llama/Llama-2-7b-hf \
    --host 0.0.0.0 \
    --port 8100 \
    --tp-size 1 \
    --pp-size 1 \
    --mem-fraction-static 0.9 \
    --chunked-prefill-size 8192 \
    --max-running-requests 16
