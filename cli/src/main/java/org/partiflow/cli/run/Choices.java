package org.partiflow.cli.run;

import java.util.Map;
import org.partiflow.simulator.FaultPolicy;
import org.partiflow.simulator.KvPolicy;
import org.partiflow.simulator.QueueOrder;
import org.partiflow.simulator.Routing;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Options that take one of a few names. */
public final class Choices {
    private Choices() {}

    /** How requests are given their groups. */
    public static final class RoutingName implements ITypeConverter<Routing> {
        @Override
        public Routing convert(String text) {
            return choose(
                    text,
                    "shares, least-loaded, kv-aware",
                    Map.of(
                            "shares",
                            Routing.PLANNED,
                            "least-loaded",
                            Routing.LEAST_LOADED,
                            "kv-aware",
                            Routing.KV_AWARE));
        }
    }

    /** Order of the queues of prefill groups. */
    public static final class QueueName implements ITypeConverter<QueueOrder> {
        @Override
        public QueueOrder convert(String text) {
            return choose(
                    text,
                    "fcfs, shortest",
                    Map.of("fcfs", QueueOrder.FIRST_COME, "shortest", QueueOrder.SHORTEST_PROMPT));
        }
    }

    /** What becomes of requests when hardware fails. */
    public static final class PolicyName implements ITypeConverter<FaultPolicy> {
        @Override
        public FaultPolicy convert(String text) {
            return choose(
                    text,
                    "retry, lose, wait",
                    Map.of("retry", FaultPolicy.RETRY, "lose", FaultPolicy.LOSE, "wait", FaultPolicy.WAIT));
        }
    }

    /** What happens when decode memory is short. */
    public static final class OnFullName implements ITypeConverter<KvPolicy.OnFull> {
        @Override
        public KvPolicy.OnFull convert(String text) {
            return choose(
                    text,
                    "wait, recompute",
                    Map.of("wait", KvPolicy.OnFull.WAIT, "recompute", KvPolicy.OnFull.RECOMPUTE));
        }
    }

    /** Who starts a KV transfer. */
    public static final class InitiativeName implements ITypeConverter<KvPolicy.Initiative> {
        @Override
        public KvPolicy.Initiative convert(String text) {
            return choose(
                    text, "push, pull", Map.of("push", KvPolicy.Initiative.PUSH, "pull", KvPolicy.Initiative.PULL));
        }
    }

    /** Whether connections are set up. */
    public static final class ConnectionsName implements ITypeConverter<KvPolicy.Connections> {
        @Override
        public KvPolicy.Connections convert(String text) {
            return choose(
                    text, "warm, cold", Map.of("warm", KvPolicy.Connections.WARM, "cold", KvPolicy.Connections.COLD));
        }
    }

    private static <T> T choose(String text, String choices, Map<String, T> byName) {
        T chosen = byName.get(text);
        if (chosen == null) {
            throw new TypeConversionException("'" + text + "' is unknown; choose from: " + choices);
        }
        return chosen;
    }
}
