package org.partiflow.cli.run;

import java.time.Duration;
import org.partiflow.api.unit.Dimension;
import org.partiflow.api.unit.Quantities;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Options with a physical dimension. */
public final class Quantity {
    private static final double LONGEST_SECONDS = 1e9;
    private static final double NANOS = 1e9;

    private Quantity() {}

    /** A time with its unit, above zero. */
    public static final class Time implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            double seconds = parse(Dimension.TIME, text);
            if (!(seconds > 0) || seconds > LONGEST_SECONDS) {
                throw new TypeConversionException("'" + text + "' must be above zero and at most 1e9 s");
            }
            return Duration.ofNanos(Math.max(1, Math.round(seconds * NANOS)));
        }
    }

    /** A rate per second, above zero; the unit may be left out. */
    public static final class Rate implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            boolean bare = text.strip().matches("[+-]?[0-9.]+([eE][+-]?[0-9]+)?");
            double rate = parse(Dimension.RATE, bare ? text.strip() + " /s" : text);
            if (!(rate > 0)) {
                throw new TypeConversionException("'" + text + "' must be above zero requests per second");
            }
            return rate;
        }
    }

    /** Bytes per second with their unit, above zero. */
    public static final class DataRate implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            double rate = parse(Dimension.BANDWIDTH, text);
            if (!(rate > 0)) {
                throw new TypeConversionException("'" + text + "' must be above zero");
            }
            return rate;
        }
    }

    private static double parse(Dimension dimension, String text) {
        return Quantities.parse(dimension, text).getOrElseThrow(TypeConversionException::new);
    }
}
