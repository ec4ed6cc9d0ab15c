#!/bin/sh
set -eu
. "$(dirname "$0")/hosts.sh"
export CUDA_VISIBLE_DEVICES=0,1,2,3
export VLLM_NIXL_SIDE_CHANNEL_HOST="${HOST_a0}"
export VLLM_NIXL_SIDE_CHANNEL_PORT=5600
export UCX_TLS=all UCX_NET_DEVICES=all
ray start --head --port=6382
exec vllm serve meta-llama/Llama-2-7b-hf \
    --port 8100 \
    --tensor-parallel-size 4 \
    --pipeline-parallel-size 2 \
    --gpu-memory-utilization 0.9 \
    --max-num-batched-tokens 8192 \
    --max-num-seqs 32 \
    --distributed-executor-backend ray \
    --kv-transfer-config '{"kv_connector":"NixlConnector","kv_role":"kv_both","kv_load_failure_policy":"fail"}'
