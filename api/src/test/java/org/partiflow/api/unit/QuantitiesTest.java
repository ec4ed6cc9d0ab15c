package org.partiflow.api.unit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuantitiesTest {
    private static double value(Dimension dimension, String text) {
        return Quantities.parse(dimension, text).get();
    }

    private static String problem(Dimension dimension, String text) {
        return Quantities.parse(dimension, text).getLeft();
    }

    @Test
    void decimalAndBinaryPrefixesAreDistinct() {
        assertThat(value(Dimension.DATA, "80 GB")).isEqualTo(80e9);
        assertThat(value(Dimension.DATA, "80 GiB")).isEqualTo(80.0 * (1L << 30));
        assertThat(value(Dimension.DATA, "1.5kB")).isEqualTo(1500);
    }

    @Test
    void bitsAndBytesAreDistinct() {
        assertThat(value(Dimension.BANDWIDTH, "100 Gbit/s")).isEqualTo(12.5e9);
        assertThat(value(Dimension.BANDWIDTH, "300 GB/s")).isEqualTo(300e9);
    }

    @Test
    void everyDimensionReadsItsOwnExample() {
        assertThat(value(Dimension.TIME, "20 us")).isEqualTo(20e-6);
        assertThat(value(Dimension.COMPUTE, "312 TFLOP/s")).isEqualTo(312e12);
        assertThat(value(Dimension.MONEY, "3.69 USD")).isEqualTo(3.69);
        assertThat(value(Dimension.RATE, "5 /s")).isEqualTo(5);
    }

    @Test
    void aMissingUnitIsNamedWithTheRemedy() {
        assertThat(problem(Dimension.BANDWIDTH, "300"))
                .contains("'300' has no unit")
                .contains("'300 GB/s'");
    }

    @Test
    void anUnknownUnitIsNamed() {
        assertThat(problem(Dimension.BANDWIDTH, "300 GB")).contains("unknown unit 'GB'");
        assertThat(problem(Dimension.DATA, "80 gb")).contains("unknown unit 'gb'");
    }

    @Test
    void whatIsNoQuantityIsRefused() {
        for (String text :
                new String[] {"", "GB", "NaN GB", "1e999 GB", "1,5 GB", "0x10 GB", "9".repeat(100) + " GB"}) {
            assertThat(Quantities.parse(Dimension.DATA, text).isLeft()).as(text).isTrue();
        }
    }
}
