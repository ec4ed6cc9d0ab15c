package org.partiflow.costmodel.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.partiflow.api.cluster.GpuType;
import org.partiflow.api.cluster.Link;
import org.partiflow.api.cluster.LinkKind;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.cost.StageHardware;
import org.partiflow.api.cost.StepLoad;
import org.partiflow.api.model.Attention;
import org.partiflow.api.model.FeedForward;
import org.partiflow.api.model.Precision;
import org.partiflow.api.model.TransformerModel;
import org.partiflow.api.spi.CostModelFactory;
import org.partiflow.api.spi.Strategies;
import org.partiflow.api.unit.Bandwidth;
import org.partiflow.api.unit.ComputeRate;
import org.partiflow.api.unit.DataSize;
import org.partiflow.costmodel.Calibration;
import org.partiflow.costmodel.RooflineCostModel;
import org.partiflow.testkit.CostModelContract;

/** The contract with every fit of the H100 lent to one of the contract's GPUs; the other one has none. */
class FittedCostModelTest extends CostModelContract {
    private static final String H100 = "H100-SXM-80GB";
    private static final Map<TransformerModel, CostModel> MODELS = new ConcurrentHashMap<>();

    @Override
    protected CostModel costModel(TransformerModel model) {
        return MODELS.computeIfAbsent(model, missing -> fitted(missing, lent("Contract-A")));
    }

    @Test
    void isFoundByName() {
        assertThat(Strategies.named(CostModelFactory.class, "fitted")).isInstanceOf(FittedCostModelFactory.class);
    }

    @Test
    void aLayerTakesWhatItsKernelsTake() {
        TransformerModel model = llama();
        GpuType gpu = gpu(H100, 3350, 989);
        FittedRanks ranks = new FittedRanks(model, CostProfile.builtIn());
        double tokens = 256;
        double expected = 0;
        for (LayerShape.Product product : new LayerShape(model, 1).products()) {
            double[] row = {tokens, product.columns(), product.inner(), 2};
            FitKey key = new FitKey("layer-gemm", H100, "");
            KernelTerm term = new KernelTerm(key, GemmKernelLaw.layers(), Chip.of(gpu), row, "");
            expected += CostProfile.builtIn().law(term).seconds(row);
        }
        assertThat(ranks.of(gpu, 1).products().at(tokens)).isBetween(expected * (1 - 1e-12), expected * 1.05);
    }

    /** Behind an NVSwitch communication is the fit's, never faster than the link; elsewhere the law's. */
    @Test
    void allReducesBehindASwitchAreFitted() {
        TransformerModel model = llama();
        GpuType gpu = gpu(H100, 3350, 989);
        FittedRanks ranks = new FittedRanks(model, CostProfile.builtIn());
        FitKey key = new FitKey("collective", H100, "all_reduce/vllm-0.24.0/8");
        FittedLaw law =
                CostProfile.builtIn().law(new KernelTerm(key, new CollectiveLaw(), Chip.of(gpu), new double[0], ""));
        double bytes = 1 << 20;
        Link wide = new Link(LinkKind.NVSWITCH, new Bandwidth(4.5e11), Duration.ZERO);
        assertThat(ranks.allReduce(gpu, 8, wide).at(bytes))
                .isEqualTo(law.seconds(new double[] {bytes, 8}), offset(1e-12));
        Link narrow = new Link(LinkKind.NVSWITCH, new Bandwidth(1e9), Duration.ZERO);
        assertThat(ranks.allReduce(gpu, 8, narrow).at(bytes)).isEqualTo(bytes / 1e9, offset(1e-12));
        assertThat(ranks.allReduce(gpu, 6, wide)).isNull();
        assertThat(ranks.allReduce(gpu, 8, new Link(LinkKind.PCIE, new Bandwidth(3e10), Duration.ZERO)))
                .isNull();
        assertThat(ranks.allReduce(gpu("Nobody-measured-it", 1000, 200), 8, wide))
                .isNull();
    }

    /** A collective never comes from a GPU whose links are of another kind; NVLink's rate scales it. */
    @Test
    void collectivesOfAGpuNeverMeasuredAreThoseOfLikeLinks() {
        double bytes = 1 << 30;
        double h100 = collective(H100, bytes);
        assertThat(collective("B200-SXM-180GB", bytes)).isBetween(0.45 * h100, 0.6 * h100);
        assertThat(collective("H200-SXM-141GB", bytes)).isEqualTo(h100, offset(1e-3 * h100));
        assertThat(collective("RTX-PRO-6000", bytes)).isGreaterThan(4 * h100);
    }

    private static double collective(String gpu, double bytes) {
        double[] row = {bytes, 8};
        FitKey key = new FitKey("collective", gpu, "all_reduce/vllm-0.24.0/8");
        KernelTerm term = new KernelTerm(key, new CollectiveLaw(), Chip.of(gpu(gpu, 3350, 989)), row, "");
        return CostProfile.builtIn().law(term).seconds(row);
    }

    @Test
    void withoutFitsItIsTheRoofline() {
        TransformerModel model = llama();
        StageHardware hardware = new StageHardware(
                List.of(gpu("Nobody-measured-it", 1000, 200)),
                2,
                new Link(LinkKind.PCIE, new Bandwidth(3e10), Duration.ZERO));
        StepLoad load = new StepLoad(512, 512 * 300, 1, 40, 40_000);
        assertThat(fitted(model, CostProfile.builtIn()).stage(hardware).stepSeconds(0, 32, load))
                .isEqualTo(new RooflineCostModel(model, Calibration.DEFAULT)
                        .stage(hardware)
                        .stepSeconds(0, 32, load));
    }

    private static CostProfile lent(String gpu) {
        TreeMap<FitKey, ProfileFit> fits = new TreeMap<>();
        CostProfile.builtIn().fits().forEach((key, fit) -> {
            if (key.gpu().equals(H100)) {
                fits.put(new FitKey(key.kernel(), gpu, key.variant()), fit);
            }
        });
        assertThat(fits).isNotEmpty();
        return new CostProfile(fits);
    }

    private static CostModel fitted(TransformerModel model, CostProfile profile) {
        return new RooflineCostModel(model, Calibration.DEFAULT, new FittedRanks(model, profile), "fitted/test");
    }

    private static TransformerModel llama() {
        return new TransformerModel(
                "llama",
                32,
                4096,
                new Attention(32, 8, 128, null),
                new FeedForward(14336, true, null),
                128_256,
                false,
                8192,
                Precision.FP16,
                Precision.FP16);
    }

    private static GpuType gpu(String name, double gigabytesPerSecond, double teraflops) {
        return new GpuType(
                name,
                DataSize.ofGigabytes(80),
                Bandwidth.ofGigabytesPerSecond(gigabytesPerSecond),
                ComputeRate.ofTeraflops(teraflops),
                ComputeRate.ofTeraflops(2 * teraflops),
                1,
                "test");
    }
}
