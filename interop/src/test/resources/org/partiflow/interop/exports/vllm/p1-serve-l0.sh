#!/bin/sh
set -eu
. "$(dirname "$0")/hosts.sh"
export CUDA_VISIBLE_DEVICES=0,1,2,3
export VLLM_NIXL_SIDE_CHANNEL_HOST="${HOST_l0}"
export VLLM_NIXL_SIDE_CHANNEL_PORT=5600
export UCX_TLS=all UCX_NET_DEVICES=all
exec vllm serve meta-llama/Llama-2-7b-hf \
    --port 8100 \
    --tensor-parallel-size 4 \
    --pipeline-parallel-size 1 \
    --gpu-memory-utilization 0.9 \
    --max-num-batched-tokens 8192 \
    --max-num-seqs 2 \
    --kv-transfer-config '{"kv_connector":"NixlConnector","kv_role":"kv_both","kv_load_failure_policy":"fail"}'
