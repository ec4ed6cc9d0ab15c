/** Vocabulary, SPI and independent checkers of Partiflow. */
module org.partiflow.api {
    requires transitive io.vavr;
    requires static transitive org.jspecify;
    requires jdk.jfr;

    exports org.partiflow.api;
    exports org.partiflow.api.check;
    exports org.partiflow.api.cluster;
    exports org.partiflow.api.control;
    exports org.partiflow.api.cost;
    exports org.partiflow.api.explain;
    exports org.partiflow.api.flow;
    exports org.partiflow.api.graph;
    exports org.partiflow.api.joint;
    exports org.partiflow.api.layers;
    exports org.partiflow.api.model;
    exports org.partiflow.api.plan;
    exports org.partiflow.api.report;
    exports org.partiflow.api.result;
    exports org.partiflow.api.spi;
    exports org.partiflow.api.unit;
    exports org.partiflow.api.workload;

    uses org.partiflow.api.spi.CostModelFactory;
    uses org.partiflow.api.spi.MaxFlowSolver;
    uses org.partiflow.api.spi.Partitioner;
    uses org.partiflow.api.spi.PhasePartitioner;
    uses org.partiflow.api.spi.PlanReplay;
    uses org.partiflow.api.spi.Planner;
}
