package org.partiflow.cli;

import java.util.Map;
import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** Sends {@code simulate --engine ...} to {@link EngineCommand}: it needs no plan, cluster or workload. Stateless. */
public final class EngineRouting implements IParameterPreprocessor {
    /** Made by picocli. */
    public EngineRouting() {}

    @Override
    @SuppressWarnings("JdkObsolete") // picocli's signature
    public boolean preprocess(
            Stack<String> arguments, CommandSpec command, @Nullable ArgSpec option, Map<String, Object> information) {
        boolean named = !arguments.isEmpty() && arguments.peek().equals("simulate");
        if (named && arguments.stream().anyMatch(a -> a.equals("--engine") || a.startsWith("--engine="))) {
            arguments.pop();
            arguments.push(EngineCommand.NAME);
        }
        return false;
    }
}
