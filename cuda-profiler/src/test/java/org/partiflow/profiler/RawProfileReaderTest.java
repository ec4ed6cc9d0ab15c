package org.partiflow.profiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.partiflow.profiler.RawProfileException.Reason;

class RawProfileReaderTest {
    private static final String SAMPLE = sample();

    private final RawProfileReader reader = new RawProfileReader();

    @Test
    void readsTheSyntheticSample() {
        RawProfile profile = reader.read(SAMPLE);
        assertThat(profile.device().name()).startsWith("SYNTHETIC");
        assertThat(profile.memory().get(0).bytesPerSecond()).isCloseTo(2e12, within(1.0));
        assertThat(profile.memory().get(1).bytesPerSecond()).isCloseTo(1e12, within(1.0));
        assertThat(profile.copies().get(0).bytesPerSecond()).isCloseTo(2.5e10, within(1.0));
        Measured.Gemm product = profile.gemms().get(0);
        assertThat(product.flopPerSecond() * product.timing().medianSeconds())
                .isCloseTo(2.0 * 4096 * 4096, within(1.0));
        assertThat(profile.decodeAttention().get(0).bytesPerSecond()).isPositive();
        assertThat(profile.prefillAttention().get(0).flopPerSecond()).isPositive();
        assertThat(profile.kv().get(0).bytesPerSecond()).isPositive();
    }

    @Test
    void everyTruncationIsRefused() {
        String document = SAMPLE.strip();
        for (int length = 0; length < document.length(); length += length < 2_000 ? 1 : 97) {
            String cut = document.substring(0, length);
            assertThatThrownBy(() -> reader.read(cut))
                    .isInstanceOfSatisfying(
                            RawProfileException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.MALFORMED));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "profile-raw/1|profile-raw/2|WRONG_VERSION|profile-raw/2",
                "2e-06|NaN|MALFORMED|NaN",
                "2e-06|Infinity|MALFORMED|Infinity",
                "2e-06|1e999|INVALID|launches[0].timing",
                "2e-06|-2e-6|INVALID|launches[0].timing",
                "2e-06|9e-6|INVALID|out of order",
                "1.9e-06|\"1.9e-6\"|INVALID|launches[0].timing",
                "100,|100.5,|INVALID|device.multiprocessors",
                "\"cublasLt\", \"precision\"|null, \"precision\"|INVALID|kernel",
                "\"kernel\": \"cublasLt\"|\"kernal\": \"cublasLt\"|INVALID|gemms[0].kernel",
                "host-to-device|host-to-moon|INVALID|host-to-moon",
                "\"bf16\"|\"fp12\"|INVALID|precision must be one of fp16, bf16, fp8, int8",
                "\"quick\"|\"slow\"|INVALID|mode",
            })
    void defectsAreNamed(String found, String replacement, Reason reason, String message) {
        String document = SAMPLE.replaceFirst(found, replacement);
        assertThat(document).isNotEqualTo(SAMPLE);
        assertThatThrownBy(() -> reader.read(document))
                .hasMessageContaining(message)
                .isInstanceOfSatisfying(
                        RawProfileException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "[]", "3", "null", "{}", "{} {}"})
    void otherDocumentsAreRefused(String document) {
        assertThatThrownBy(() -> reader.read(document)).isInstanceOf(RawProfileException.class);
    }

    @Test
    void unknownFieldsAreNamed() {
        assertThatThrownBy(() -> reader.read(SAMPLE.replaceFirst("\\{", "{\"surprise\": 1,")))
                .hasMessageContaining("surprise")
                .isInstanceOf(RawProfileException.class);
    }

    @Test
    void trailingTextAndDuplicatesAreRefused() {
        assertThatThrownBy(() -> reader.read(SAMPLE + "x")).isInstanceOf(RawProfileException.class);
        assertThatThrownBy(() -> reader.read(SAMPLE.replaceFirst("\\{", "{\"driverVersion\": 1,")))
                .isInstanceOf(RawProfileException.class);
    }

    private static String sample() {
        try (InputStream stream = RawProfileReaderTest.class.getResourceAsStream("synthetic-profile.json")) {
            return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
