#!/bin/sh
set -eu
cd "$(dirname "$0")"
helm upgrade --install plan-0 llm-d-modelservice/llm-d-modelservice -f plan-0-values.yaml
helm upgrade --install plan-1 llm-d-modelservice/llm-d-modelservice -f plan-1-values.yaml
helm upgrade --install plan-2 llm-d-modelservice/llm-d-modelservice -f plan-2-values.yaml
helm upgrade --install plan-3 llm-d-modelservice/llm-d-modelservice -f plan-3-values.yaml
helm upgrade --install plan-4 llm-d-modelservice/llm-d-modelservice -f plan-4-values.yaml
