package org.partiflow.costmodel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.model.TransformerModel;
import org.partiflow.api.spi.CostModelFactory;
import org.partiflow.api.spi.Strategies;
import org.partiflow.testkit.CostModelContract;

class RooflineCostModelTest extends CostModelContract {
    @Override
    protected CostModel costModel(TransformerModel model) {
        return new RooflineCostModel(model, Calibration.DEFAULT);
    }

    @Test
    void isFoundByName() {
        assertThat(Strategies.named(CostModelFactory.class, "roofline")).isInstanceOf(RooflineCostModelFactory.class);
    }
}
