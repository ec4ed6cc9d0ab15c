#!/bin/sh
set -eu
. "$(dirname "$0")/hosts.sh"
export CUDA_VISIBLE_DEVICES=0
exec vllm serve meta-llama/Llama-2-7b-hf \
    --port 8100 \
    --tensor-parallel-size 1 \
    --pipeline-parallel-size 1 \
    --gpu-memory-utilization 0.9 \
    --max-num-batched-tokens 8192 \
    --max-num-seqs 16
