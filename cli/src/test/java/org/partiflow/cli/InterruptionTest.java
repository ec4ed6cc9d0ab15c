package org.partiflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.partiflow.cli.run.Interruption;

class InterruptionTest {
    @Test
    void leavesNothingBehindIfNothingHappens() {
        try (Interruption interruption = Interruption.listen(new PrintWriter(new StringWriter()))) {
            assertThat(interruption.happened()).isFalse();
            assertThat(interruption.token().isCancelled()).isFalse();
        }
    }
}
