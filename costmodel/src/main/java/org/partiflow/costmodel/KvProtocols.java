package org.partiflow.costmodel;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.partiflow.api.cost.KvProtocol;
import org.partiflow.api.cost.KvProtocol.Encoding;
import org.partiflow.api.cost.KvProtocol.Schedule;
import org.partiflow.api.cost.KvTransport;

/**
 * Reads protocol names of the form {@code transport[/schedule[/encoding]]}. The transport applies to its own kind of
 * link ({@code nvlink-*}: NVLink; {@code pcie-*} and {@code host-staged}: PCI Express; others: the network); everything
 * left out is as in {@link KvProtocol#DEFAULT}. {@code fp16} is understood as {@code as-stored}. Stateless.
 */
public final class KvProtocols {
    private KvProtocols() {}

    /**
     * The protocol of this name.
     *
     * @param name for example {@code rdma-gdr} or {@code tcp/bulk/fp8}
     * @throws IllegalArgumentException if a part is unknown; the message lists the choices and names the nearest
     */
    public static KvProtocol parse(String name) {
        String[] parts = name.split("/", -1);
        if (parts.length > 3) {
            throw new IllegalArgumentException(
                    "KV protocol '" + name + "' has too many parts; write transport[/schedule[/encoding]]");
        }
        KvTransport transport = choose("transport", parts[0], KvTransports.all(), KvTransport::name);
        Schedule schedule = parts.length < 2
                ? KvProtocol.DEFAULT.schedule()
                : choose("schedule", parts[1], List.of(Schedule.values()), Schedule::label);
        Encoding encoding = parts.length < 3 ? KvProtocol.DEFAULT.encoding() : encoding(parts[2]);
        return withTransport(transport, schedule, encoding);
    }

    /** Every transport, schedule and encoding by name, each with one line on what it is and where figures come from. */
    public static Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        for (KvTransport transport : KvTransports.all()) {
            names.put(transport.name(), "transport: " + describe(transport));
        }
        names.put(Schedule.BULK.label(), "schedule: all at once when the prompt is done");
        names.put(Schedule.PER_CHUNK.label(), "schedule: each chunk of a prompt while the next is computed");
        names.put(Schedule.PER_LAYER.label(), "schedule: each layer while the next is computed (default)");
        names.put(Encoding.AS_STORED.label(), "encoding: as in the cache (default)");
        names.put(Encoding.FP8.label(), "encoding: 8-bit floating point on the wire");
        names.put(Encoding.INT4.label(), "encoding: 4-bit integers with scales on the wire (ThunderServe)");
        return names;
    }

    private static KvProtocol withTransport(KvTransport transport, Schedule schedule, Encoding encoding) {
        KvProtocol standard = KvProtocol.DEFAULT;
        String name = transport.name();
        boolean nvlink = name.startsWith("nvlink-");
        boolean pcie = name.startsWith("pcie-") || name.equals("host-staged");
        return new KvProtocol(
                nvlink ? transport : standard.nvlink(),
                pcie ? transport : standard.pcie(),
                nvlink || pcie ? standard.network() : transport,
                schedule,
                encoding);
    }

    private static Encoding encoding(String name) {
        return name.equals("fp16")
                ? Encoding.AS_STORED
                : choose("encoding", name, Arrays.asList(Encoding.values()), Encoding::label);
    }

    private static <T> T choose(String kind, String name, List<T> choices, Function<T, String> nameOf) {
        for (T choice : choices) {
            if (nameOf.apply(choice).equals(name)) {
                return choice;
            }
        }
        List<String> names = choices.stream().map(nameOf).collect(Collectors.toList());
        throw new IllegalArgumentException("unknown KV " + kind + " '" + name + "' (did you mean '"
                + NearestName.of(name, names) + "'?); choose from: " + String.join(", ", names));
    }

    private static String describe(KvTransport transport) {
        return Math.round(transport.efficiency() * 100) + " % of the link, " + Math.round(transport.baseSeconds() * 1e6)
                + " us a message; " + transport.source();
    }
}
