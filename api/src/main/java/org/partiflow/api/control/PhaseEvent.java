package org.partiflow.api.control;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** What Java Flight Recorder keeps of a {@link PlanningPhase}. */
@Name(PlanningPhase.EVENT)
@Label("Planning phase")
@Description("A phase of planning: bounding, partitioning, searching, proving, assembling the plan")
@Category("Partiflow")
@StackTrace(false)
final class PhaseEvent extends Event {
    @Label("Phase")
    String phase = "";

    @Label("Evaluations")
    @Description("Candidates that were valued during the phase")
    long evaluations;

    @Label("Requests per second")
    @Description("What the phase found: the value of its best plan, or the bound; 0 if it found nothing")
    double requestsPerSecond;
}
