package org.partiflow.api.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanningPhaseTest {
    @Test
    void phasesAreRecordedWithWhatTheyDid(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("phases.jfr");
        try (Recording recording = new Recording()) {
            recording.enable(PlanningPhase.EVENT).withoutThreshold();
            recording.start();
            Budget budget = SolveControl.unlimited().start();
            budget.spend(5);
            try (PlanningPhase outer = PlanningPhase.begin("outer", budget)) {
                budget.spend(2);
                try (PlanningPhase inner = PlanningPhase.begin("inner", budget)) {
                    budget.spend(3);
                    inner.found(1.5);
                }
                outer.found(2.5);
            }
            recording.stop();
            recording.dump(file);
        }
        List<RecordedEvent> events = RecordingFile.readAllEvents(file);
        assertThat(events).extracting(event -> event.getString("phase")).containsExactlyInAnyOrder("inner", "outer");
        for (RecordedEvent event : events) {
            boolean inner = event.getString("phase").equals("inner");
            assertThat(event.getLong("evaluations")).isEqualTo(inner ? 3 : 5);
            assertThat(event.getDouble("requestsPerSecond")).isEqualTo(inner ? 1.5 : 2.5);
            assertThat(event.getDuration().isNegative()).isFalse();
        }
    }
}
