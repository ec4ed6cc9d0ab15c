package org.partiflow.io.internal.workload;

import java.util.List;

/**
 * Recorded requests.
 *
 * @param prompts prompt lengths, tokens
 * @param outputs output lengths, tokens, pairwise with the prompts
 * @param times arrival times in seconds, the first being 0; empty where the file has none
 * @param startSeconds the first arrival time as recorded, 0 where the file has none
 * @param sha256 digest of the file
 */
@SuppressWarnings("ArrayRecordComponent") // Large; copied by the lengths that are made of it.
public record Trace(int[] prompts, int[] outputs, List<Double> times, double startSeconds, String sha256) {}
