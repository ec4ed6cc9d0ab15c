package org.partiflow.solvers.ojalgo;

import org.ojalgo.optimisation.Expression;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.Variable;
import org.partiflow.api.flow.FlowNetwork;
import org.partiflow.api.flow.MaxFlow;
import org.partiflow.api.spi.MaxFlowSolver;
import org.partiflow.solvers.flow.CertifiedFlow;

/**
 * Max flow as a linear program by ojAlgo's simplex, for cross-checks of small networks. Vertices of the flow polytope are
 * integral, so the solution is rounded to the nearest integers; networks whose capacities exceed {@link #CAPACITY_LIMIT}
 * are refused, because the simplex works to about ten digits. Every result is certified before it is returned.
 *
 * <p>Variables: one per arc; rows: one per vertex. Time grows steeply: some hundred arcs. Stateless and thread-safe.
 */
public final class OjAlgoMaxFlowSolver implements MaxFlowSolver {
    /** The largest capacity accepted: 2^24. */
    public static final long CAPACITY_LIMIT = 1L << 24;

    /** For {@link java.util.ServiceLoader}. */
    public OjAlgoMaxFlowSolver() {}

    @Override
    public String name() {
        return "ojalgo";
    }

    @Override
    public long maxTotalCapacity() {
        return CAPACITY_LIMIT;
    }

    @Override
    public String description() {
        return "Linear program by ojAlgo; small networks with capacities up to 2^24.";
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if a useful arc has a capacity above 2^24
     * @throws IllegalStateException if the rounded solution is no maximum flow
     */
    @Override
    public MaxFlow solve(FlowNetwork network) {
        long[] arcFlow = new long[network.arcs()];
        double unit = largestCapacity(network);
        if (unit > 0) {
            Variable[] amount = maximise(network, unit);
            for (int arc = 0; arc < arcFlow.length; arc++) {
                if (CertifiedFlow.isUseful(network, arc)) {
                    arcFlow[arc] = Math.round(amount[arc].getValue().doubleValue() * unit);
                }
            }
        }
        return CertifiedFlow.of(name(), network, arcFlow);
    }

    private long largestCapacity(FlowNetwork network) {
        long largest = 0;
        for (int arc = 0; arc < network.arcs(); arc++) {
            if (CertifiedFlow.isUseful(network, arc)) {
                largest = Math.max(largest, network.capacity(arc));
            }
        }
        if (largest > CAPACITY_LIMIT) {
            throw new IllegalArgumentException("max flow backend '" + name() + "' takes capacities up to "
                    + CAPACITY_LIMIT + ", got " + largest + "; use 'push-relabel' or a coarser capacity scale");
        }
        return largest;
    }

    private Variable[] maximise(FlowNetwork network, double unit) {
        ExpressionsBasedModel model = new ExpressionsBasedModel();
        Expression[] balance = new Expression[network.vertices()];
        for (int v = 0; v < balance.length; v++) {
            if (v != network.source() && v != network.sink()) {
                balance[v] = model.newExpression("vertex" + v).level(0);
            }
        }
        Variable[] amount = new Variable[network.arcs()];
        for (int arc = 0; arc < amount.length; arc++) {
            if (!CertifiedFlow.isUseful(network, arc)) {
                continue;
            }
            amount[arc] = model.newVariable("arc" + arc).lower(0).upper(network.capacity(arc) / unit);
            if (network.from(arc) == network.source()) {
                amount[arc].weight(1);
            } else {
                balance[network.from(arc)].set(amount[arc], -1);
            }
            if (network.to(arc) != network.sink()) {
                balance[network.to(arc)].set(amount[arc], 1);
            }
        }
        Optimisation.Result result = model.maximise();
        if (!result.getState().isOptimal()) {
            throw new IllegalStateException("max flow backend '" + name() + "' ended with state " + result.getState());
        }
        return amount;
    }
}
