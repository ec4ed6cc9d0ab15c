package org.partiflow.cli.run;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.partiflow.api.unit.Dimension;
import org.partiflow.api.unit.Quantities;
import org.partiflow.simulator.Disturbance;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A fault in words, such as {@code h0/1 fails at 100s for 50s} or {@code h0/nic-out slows to 0.3 at 10s for 20s}. */
public final class FaultText implements ITypeConverter<Disturbance> {
    private static final Pattern FORM =
            Pattern.compile("(\\S+)\\s+(?:fails|slows\\s+to\\s+([0-9.]+))\\s+at\\s+(.+?)(?:\\s+for\\s+(.+))?");
    private static final String EXAMPLE =
            "write for example 'h0/1 fails at 100s for 50s' or 'h0/nic-out slows to 0.3 at 10s for 20s'";

    @Override
    public Disturbance convert(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new TypeConversionException("'" + text + "' is no fault; " + EXAMPLE);
        }
        double from = seconds(matcher.group(3));
        double until = matcher.group(4) == null ? Double.POSITIVE_INFINITY : from + seconds(matcher.group(4));
        try {
            return new Disturbance(matcher.group(1), from, until, speed(matcher.group(2)));
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    private static double speed(@org.jspecify.annotations.Nullable String text) {
        if (text == null) {
            return 0;
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is no speed; " + EXAMPLE);
        }
    }

    private static double seconds(String text) {
        return Quantities.parse(Dimension.TIME, text).getOrElseThrow(TypeConversionException::new);
    }
}
