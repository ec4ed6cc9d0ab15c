package org.partiflow.costmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.cost.StepLoad;
import org.partiflow.api.model.TransformerModel;
import org.partiflow.testkit.CostModelContract;

/** The overheads of engines, and the contract of cost models with the engine that charges requests most. */
class EngineProfilesTest extends CostModelContract {
    private static final StepLoad LOAD = new StepLoad(512, 512 * 513 / 2.0, 1, 31, 31 * 700.0);

    @Override
    protected CostModel costModel(TransformerModel model) {
        return new RooflineCostModel(model, Calibration.of(EngineProfiles.named("vllm-2024")));
    }

    @Test
    void eachSaysWhereItComesFrom() {
        assertThat(EngineProfiles.all()).extracting(EngineProfile::name).doesNotHaveDuplicates();
        assertThatThrownBy(() -> EngineProfiles.named("vlm"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'vlm'")
                .hasMessageContaining("choose from: vllm, sglang, trtllm, vllm-2024, ideal");
        assertThatThrownBy(() -> new EngineProfile("x", EngineOverheads.DEFAULT, "", "now"))
                .hasMessageContaining("needs a name, a source and a validity");
    }

    @Test
    void vllmIsTheDefault() {
        double byDefault = seconds(Calibration.DEFAULT);
        assertThat(seconds(Calibration.of(EngineProfiles.named("vllm")))).isEqualTo(byDefault, offset(1e-12));
    }

    @Test
    void stepsDifferByWhatTheEnginesAdd() {
        double ideal = seconds(Calibration.of(EngineProfiles.named("ideal")));
        for (EngineProfile engine : EngineProfiles.all()) {
            EngineOverheads overheads = engine.overheads();
            double added = overheads.stepSeconds() + 32 * overheads.requestSeconds();
            assertThat(seconds(Calibration.of(engine))).as(engine.name()).isEqualTo(ideal + added, offset(1e-9));
        }
    }

    @Test
    void namesLeadBack() {
        for (EngineProfile engine : EngineProfiles.all()) {
            Calibration calibration = Calibration.of(engine);
            assertThat(Calibration.find(calibration.name())).contains(calibration);
        }
        assertThat(Calibration.find("default")).contains(Calibration.DEFAULT);
        assertThat(Calibration.find("built-in")).isEmpty();
    }

    private static double seconds(Calibration calibration) {
        return new RooflineCostModel(Fixtures.LLAMA_2_70B, calibration)
                .stage(Fixtures.hardware(Fixtures.H100, 4, Fixtures.NVLINK_H100))
                .stepSeconds(0, 80, LOAD);
    }
}
