package org.partiflow.studies.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.partiflow.studies.cell.CellResult;

/**
 * Lines of a log: JSON, one object a line, numbers of 12 significant digits so that they are the same on every JVM.
 * Stateless and thread-safe.
 */
final class LogCodec {
    private static final MathContext DIGITS = new MathContext(12, RoundingMode.HALF_EVEN);
    private static final JsonFactory JSON = new JsonFactory();

    private LogCodec() {}

    @FunctionalInterface
    private interface Fields {
        void write(JsonGenerator out) throws IOException;
    }

    static String header(LogHeader header) {
        return line(out -> {
            out.writeStringField("partiflow", LogHeader.FORMAT);
            out.writeStringField("study", header.study());
            out.writeStringField("sha256", header.sha256());
            out.writeNumberField("cells", header.cells());
            out.writeNumberField("from", header.from());
            out.writeNumberField("to", header.to());
        });
    }

    static String result(CellResult result) {
        return line(out -> {
            out.writeNumberField("cell", result.index());
            out.writeStringField("status", result.status().name());
            if (!result.reason().isEmpty()) {
                out.writeStringField("reason", result.reason());
            }
            if (!result.values().isEmpty()) {
                out.writeObjectFieldStart("values");
                for (Map.Entry<String, Double> entry : result.values().entrySet()) {
                    out.writeFieldName(entry.getKey());
                    out.writeNumber(decimal(entry.getValue()));
                }
                out.writeEndObject();
            }
        });
    }

    /**
     * The header of a log.
     *
     * @throws IllegalArgumentException if the line is none
     */
    static LogHeader header(String line) {
        Map<String, Object> fields = fields(line);
        if (!LogHeader.FORMAT.equals(fields.get("partiflow"))) {
            throw new IllegalArgumentException("does not start with a '" + LogHeader.FORMAT + "' header");
        }
        return new LogHeader(
                String.valueOf(fields.get("study")),
                String.valueOf(fields.get("sha256")),
                whole(fields, "cells"),
                whole(fields, "from"),
                whole(fields, "to"));
    }

    /**
     * The result in a line.
     *
     * @throws IllegalArgumentException if the line is none
     */
    static CellResult result(String line) {
        Map<String, Object> fields = fields(line);
        Map<String, Double> values = new LinkedHashMap<>();
        fields.forEach((name, value) -> {
            if (name.startsWith("values.") && value instanceof Double number) {
                values.put(name.substring("values.".length()), number);
            }
        });
        return new CellResult(
                whole(fields, "cell"),
                CellResult.Status.valueOf(String.valueOf(fields.get("status"))),
                String.valueOf(fields.getOrDefault("reason", "")),
                values);
    }

    private static long whole(Map<String, Object> fields, String name) {
        if (fields.get(name) instanceof Double number) {
            return number.longValue();
        }
        throw new IllegalArgumentException("lacks the number '" + name + "'");
    }

    /** Fields by name, those of the inner object with its name and a point before. */
    private static Map<String, Object> fields(String line) {
        Map<String, Object> fields = new LinkedHashMap<>();
        try (JsonParser parser = JSON.createParser(line)) {
            String inner = "";
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                String name = parser.currentName();
                if (token == JsonToken.START_OBJECT && name != null) {
                    inner = name + ".";
                } else if (token == JsonToken.END_OBJECT) {
                    inner = "";
                } else if (token == JsonToken.VALUE_STRING) {
                    fields.put(inner + name, parser.getText());
                } else if (token.isNumeric()) {
                    fields.put(inner + name, parser.getDoubleValue());
                }
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("is not JSON", e);
        }
        return fields;
    }

    private static String line(Fields fields) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.writeStartObject();
            fields.write(out);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return text.append('\n').toString();
    }

    private static BigDecimal decimal(double value) {
        BigDecimal rounded = new BigDecimal(value).round(DIGITS);
        return rounded.signum() == 0 ? BigDecimal.ZERO : rounded.stripTrailingZeros();
    }
}
