package org.partiflow.studies.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.partiflow.studies.study.Study;
import org.partiflow.studies.study.StudyReader;

/** Studies of made-up cells. */
public final class SyntheticStudy {
    private SyntheticStudy() {}

    /** So many problems, seeds and planners; the planner {@code broken} is one more. */
    public static Study of(Path folder, int clusters, int seeds, int planners) throws IOException {
        String text = """
                partiflow: study/1
                name: synthetic
                title: Made-up figures
                kind: synthetic
                clusters: [%s]
                models: [m]
                workloads: [w]
                seeds: %d
                planners: [%s, broken]
                metrics: [requestsPerSecond, e2eMean, attainment]
                questions:
                  - {id: rate, ask: "Which planner serves most?", compare: planner, baseline: {planner: p0}, metric: requestsPerSecond}
                  - {id: time, ask: "Which is slowest?", compare: planner, baseline: {planner: p0}, metric: e2eMean}
                  - {id: cross, ask: "Does the cluster matter?", compare: cluster, where: {planner: p1}, baseline: {cluster: c0}, metric: requestsPerSecond}
                """.formatted(names("c", clusters), seeds, names("p", planners));
        return new StudyReader().readOrThrow(Files.writeString(folder.resolve("synthetic.yaml"), text));
    }

    private static String names(String letter, int count) {
        return IntStream.range(0, count).mapToObj(i -> letter + i).collect(Collectors.joining(", "));
    }
}
