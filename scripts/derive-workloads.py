#!/usr/bin/env python3
"""Derives a built-in workload from the Azure Conversation trace (2023) and prints it as workload/1.

usage: derive-workloads.py TRACE.csv HPLD|HPHD|LPHD|LPLD

TRACE.csv is AzureLLMInferenceTrace_conv.csv of Azure/AzurePublicDataset (CC-BY-4.0), or any CSV whose header names
prompt and output token columns. Only quantiles leave this script, never rows. Standard library only; the output
depends on nothing but the input.
"""
import csv
import sys

HEAVY_PROMPT = 512  # tokens; a prompt above this is a heavy prefill
HEAVY_OUTPUT = 128  # tokens; an output above this is a heavy decode
PROMPT_QUANTILES, BANDS, OUTPUT_QUANTILES = 401, 4, 41
PROMPT_COLUMNS = ("ContextTokens", "prompt_tokens", "num_prefill_tokens", "input_toks")
OUTPUT_COLUMNS = ("GeneratedTokens", "output_tokens", "num_decode_tokens", "output_toks")


def column(header, names):
    for name in names:
        if name in header:
            return name
    sys.exit(f"the trace has none of the columns {', '.join(names)}; its header is {', '.join(header)}")


def read(path):
    with open(path, newline="", encoding="utf-8") as file:
        rows = csv.DictReader(file)
        prompt = column(rows.fieldnames, PROMPT_COLUMNS)
        output = column(rows.fieldnames, OUTPUT_COLUMNS)
        return [(int(row[prompt]), int(row[output])) for row in rows]


def quantiles(values, count):
    """Equally spaced quantiles from minimum to maximum, linear between order statistics, to a tenth of a token."""
    ordered = sorted(values)
    result = []
    for i in range(count):
        position = i * (len(ordered) - 1) / (count - 1)
        below = min(int(position), len(ordered) - 2)
        value = ordered[below] + (position - below) * (ordered[below + 1] - ordered[below])
        result.append(f"{value:.1f}".removesuffix(".0"))
    return "[" + ", ".join(result) + "]"


def wrap(text, indent, width=118):
    lines, line = [], ""
    for word in text.split(" "):
        if line and len(indent) + len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return ("\n" + indent).join(lines + [line])


def main():
    if len(sys.argv) != 3 or sys.argv[2] not in ("HPLD", "HPHD", "LPHD", "LPLD"):
        sys.exit(__doc__)
    path, name = sys.argv[1:]
    everything = read(path)
    heavy_prompt, heavy_output = name[0] == "H", name[2] == "H"
    rows = sorted(
        (p, o) for p, o in everything if (p > HEAVY_PROMPT) == heavy_prompt and (o > HEAVY_OUTPUT) == heavy_output)
    bands = [rows[len(rows) * b // BANDS:len(rows) * (b + 1) // BANDS] for b in range(BANDS)]
    words = {True: "heavy", False: "light"}
    prompts = sum(p for p, _ in rows) / len(rows)
    outputs = sum(o for _, o in rows) / len(rows)
    print(f"""# {name}: {words[heavy_prompt]} prefill (prompt {'>' if heavy_prompt else '<='} {HEAVY_PROMPT} tokens), \
{words[heavy_output]} decode (output {'>' if heavy_output else '<='} {HEAVY_OUTPUT} tokens).
# Derived by scripts/derive-workloads.py from the Azure Conversation trace of 2023 (Azure/AzurePublicDataset, CC-BY-4.0;
# P. Patel et al., "Splitwise: Efficient generative LLM inference using phase splitting", ISCA 2024): quantiles of
# {len(rows)} of its {len(everything)} requests; their means are {prompts:.1f} prompt and {outputs:.1f} output tokens.
# The arrival rate and the latency targets are our defaults; neither the trace nor the paper gives them.
partiflow: workload/1
name: {name}
requests:
  classes:
    - name: {name}
      share: 1.0
      lengths:
        promptQuantiles:
          {wrap(quantiles([p for p, _ in rows], PROMPT_QUANTILES), '           ')}
        outputQuantilesByBand:""")
    for band in bands:
        print(f"          - {wrap(quantiles([o for _, o in band], OUTPUT_QUANTILES), '             ')}")
    print("""arrivals: {process: poisson, rate: 5 /s}
slo: {timeToFirstToken: 2 s, timePerOutputToken: 150 ms, attainment: 0.9}""")


if __name__ == "__main__":
    main()
