#!/bin/sh
set -eu
. "$(dirname "$0")/hosts.sh"
export CUDA_VISIBLE_DEVICES=0,1,2,3
exec ray start --block --address="${HOST_a0}:6382"
