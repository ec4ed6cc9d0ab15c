package org.partiflow.cli.run;

import org.partiflow.api.cost.KvProtocol;
import org.partiflow.api.plan.Route;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.costmodel.KvProtocols;

/** The KV protocol that a plan's routes name, for commands that take a plan. Stateless. */
final class PlannedProtocol {
    private PlannedProtocol() {}

    /** The protocol of the routes, with the default where they name none. */
    static KvProtocol of(ServingPlan plan) {
        KvProtocol merged = KvProtocol.DEFAULT;
        for (Route route : plan.routes()) {
            KvProtocol named = KvProtocols.parse(route.protocol());
            merged = new KvProtocol(
                    named.nvlink().equals(KvProtocol.DEFAULT.nvlink()) ? merged.nvlink() : named.nvlink(),
                    named.pcie().equals(KvProtocol.DEFAULT.pcie()) ? merged.pcie() : named.pcie(),
                    named.network().equals(KvProtocol.DEFAULT.network()) ? merged.network() : named.network(),
                    named.schedule(),
                    named.encoding());
        }
        return merged;
    }
}
