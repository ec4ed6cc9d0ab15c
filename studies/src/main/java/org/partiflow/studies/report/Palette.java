package org.partiflow.studies.report;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.plan.ServingGroup;

/** Gives every group a colour: warm for prefill, cool for decode, green for colocated; shades repeat after six. */
final class Palette {
    private static final int SHADES = 6;

    private final Map<String, String> classes = new HashMap<>();

    Palette(List<ServingGroup> groups) {
        Map<Phase, Integer> seen = new EnumMap<>(Phase.class);
        for (ServingGroup group : groups) {
            int index = seen.merge(group.phase(), 1, Integer::sum) - 1;
            classes.put(group.id(), letter(group.phase()) + index % SHADES);
        }
    }

    /** CSS class of the group's colour. */
    String of(String groupId) {
        return classes.getOrDefault(groupId, "none");
    }

    private static String letter(Phase phase) {
        return switch (phase) {
            case PREFILL -> "p";
            case DECODE -> "d";
            case COLOCATED -> "c";
        };
    }
}
