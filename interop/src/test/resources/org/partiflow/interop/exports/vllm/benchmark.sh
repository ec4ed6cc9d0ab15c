#!/bin/sh
# Two minutes at the planned rate, with the workload's mean lengths; its spread is not reproduced.
set -eu
exec vllm bench serve \
    --model meta-llama/Llama-2-7b-hf \
    --base-url "http://${BALANCER:-localhost}:8000" \
    --dataset-name random \
    --random-input-len 512 \
    --random-output-len 128 \
    --request-rate 3.000 \
    --num-prompts 360
