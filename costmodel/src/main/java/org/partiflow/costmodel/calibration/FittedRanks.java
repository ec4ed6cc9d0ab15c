package org.partiflow.costmodel.calibration;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.cluster.GpuType;
import org.partiflow.api.cluster.Link;
import org.partiflow.api.cluster.LinkKind;
import org.partiflow.api.model.Attention;
import org.partiflow.api.model.Precision;
import org.partiflow.api.model.TransformerModel;
import org.partiflow.costmodel.ByteTable;
import org.partiflow.costmodel.LoadTable;
import org.partiflow.costmodel.RankTables;
import org.partiflow.costmodel.RankTimes;
import org.partiflow.costmodel.TokenTable;

/**
 * Tables of one model's layers from a profile's kernel laws, for GPUs that the profile has fits of; each operation that
 * was not fitted on a GPU is left to the roofline. Laws with tile and wave steps become non-falling tables, and a rank of
 * k takes at least a k-th of a GPU alone, as cost models promise. Thread-safe; tables are memoised per GPU and degree.
 */
final class FittedRanks implements RankTimes {
    /** The default engine's own kernels. */
    private static final String REDUCES = "all_reduce/vllm";

    private record Rank(GpuType type, int degree) {}

    private final TransformerModel model;
    private final CostProfile profile;
    private final Map<Rank, RankTables> known = new ConcurrentHashMap<>();

    FittedRanks(TransformerModel model, CostProfile profile) {
        this.model = model;
        this.profile = profile;
    }

    @Override
    public RankTables of(GpuType type, int degree) {
        Rank rank = new Rank(type, degree);
        RankTables tables = known.get(rank);
        if (tables == null) {
            tables = degree == 1 ? raw(type, 1) : atLeastShare(raw(type, degree), of(type, 1), degree);
            known.put(rank, tables);
        }
        return tables;
    }

    /**
     * All-reduces of an engine's kernels behind an NVSwitch, which the GPU's own measurements were. Other links differ from
     * host to host, and a cluster's file does not tell whether a fit is of the same one: they keep the law.
     */
    @Override
    public @Nullable ByteTable allReduce(GpuType type, int degree, Link link) {
        if (link.kind() != LinkKind.NVSWITCH || link.bytesPerSecond() <= 0) {
            return null;
        }
        String name = type.name();
        return profile.fits().descendingKeySet().stream()
                .filter(key -> key.kernel().equals("collective") && key.gpu().equals(name))
                .filter(key ->
                        key.variant().startsWith(REDUCES) && key.variant().endsWith("/" + degree))
                .findFirst()
                .flatMap(key -> fitted("collective", Chip.of(type), key.variant(), new CollectiveLaw()))
                .map(law -> ByteTable.of(bytes -> law.seconds(new double[] {bytes, degree}), 1 / link.bytesPerSecond()))
                .orElse(null);
    }

    private RankTables raw(GpuType type, int degree) {
        Chip chip = Chip.of(type);
        LayerShape shape = new LayerShape(model, degree);
        return new RankTables(products(chip, shape), elementwise(chip, shape), attention(chip, degree));
    }

    private static RankTables atLeastShare(RankTables rank, RankTables alone, int degree) {
        double share = 1.0 / degree;
        RankTables.AttentionTables own = rank.attention();
        RankTables.AttentionTables whole = alone.attention();
        return new RankTables(
                atLeast(rank.products(), alone.products(), share),
                atLeast(rank.elementwise(), alone.elementwise(), share),
                own == null || whole == null
                        ? null
                        : new RankTables.AttentionTables(
                                Math.max(own.startSeconds(), share * whole.startSeconds()),
                                own.prefill().atLeast(whole.prefill(), share),
                                own.decode().atLeast(whole.decode(), share)));
    }

    private static @Nullable TokenTable atLeast(@Nullable TokenTable own, @Nullable TokenTable whole, double share) {
        return own == null || whole == null ? null : own.atLeast(whole, share);
    }

    private @Nullable TokenTable products(Chip chip, LayerShape shape) {
        Optional<FittedLaw> law = switch (model.weights()) {
            case FP16, BF16 ->
                fitted("layer-gemm", chip, "", GemmKernelLaw.layers())
                        .or(() -> fitted("gemm", chip, "bf16", GemmKernelLaw.sweep()));
            case FP8 -> fitted("gemm", chip, "fp8", GemmKernelLaw.sweep());
            case INT4 -> Optional.empty();
        };
        double operand = model.weights() == Precision.FP8 ? 1 : 2;
        return law.map(fit -> TokenTable.of(tokens -> shape.products().stream()
                        .mapToDouble(p -> fit.seconds(new double[] {tokens, p.columns(), p.inner(), operand}))
                        .sum()))
                .orElse(null);
    }

    private @Nullable TokenTable elementwise(Chip chip, LayerShape shape) {
        // Engines add while they normalise: a profile without additions has all.
        List<LayerShape.Stream> streams = shape.streams().stream()
                .filter(stream ->
                        !stream.kernel().equals("add") || law(chip, stream).isPresent())
                .toList();
        List<FittedLaw> laws =
                streams.stream().flatMap(stream -> law(chip, stream).stream()).toList();
        if (laws.size() < streams.size()) {
            return null;
        }
        return TokenTable.of(tokens -> {
            double sum = 0;
            for (int i = 0; i < laws.size(); i++) {
                LayerShape.Stream stream = streams.get(i);
                sum += laws.get(i).seconds(new double[] {tokens, stream.width(), stream.passes()});
            }
            return sum;
        });
    }

    private Optional<FittedLaw> law(Chip chip, LayerShape.Stream stream) {
        return fitted("layer-" + stream.kernel(), chip, "", new StreamKernelLaw());
    }

    private RankTables.@Nullable AttentionTables attention(Chip chip, int degree) {
        Attention attention = model.attention();
        String engine = engine(chip);
        Optional<FittedLaw> prefill = fitted("attention-prefill", chip, engine, new PrefillKernelLaw());
        Optional<FittedLaw> decode = fitted("attention-decode", chip, engine, new DecodeKernelLaw());
        if (attention.latent() != null || prefill.isEmpty() || decode.isEmpty()) {
            return null;
        }
        double heads = (double) attention.heads() / degree;
        double kvHeads = Math.max(1, (double) attention.kvHeads() / degree);
        // The laws know 16 bits: a cache of half the size moves like one of half the tokens.
        double format = model.kv().bytes() / 2;
        LoadTable prompts = table(row -> prefill.get().seconds(row), (rows, pairs) -> {
            double mean = Math.max(0.5, pairs / rows);
            double length = Math.min(rows, 2 * mean);
            return new double[] {rows / length, length, mean - length / 2, heads, kvHeads, attention.headDim()};
        });
        LoadTable caches =
                table(row -> decode.get().seconds(row), (sequences, cached) -> new double[] {
                    sequences, Math.max(1, cached * format / sequences), heads, kvHeads, attention.headDim()
                });
        double start = Math.min(prompts.least(), caches.least());
        return new RankTables.AttentionTables(start, prompts.less(start), caches.less(start));
    }

    private interface Shape {
        double[] of(double rows, double attended);
    }

    private static LoadTable table(ToDoubleFunction<double[]> law, Shape shape) {
        return LoadTable.of((rows, attended) -> law.applyAsDouble(shape.of(rows, attended)));
    }

    /** Engine whose kernels are taken: rows that name none, else vLLM's, else the first by name. */
    private String engine(Chip chip) {
        List<String> engines = profile.fits().keySet().stream()
                .filter(key -> key.kernel().equals("attention-decode")
                        && key.gpu().equals(chip.type().name()))
                .map(FitKey::variant)
                .toList();
        return engines.stream()
                .filter(engine -> engine.isEmpty() || engine.equals("vllm"))
                .findFirst()
                .orElse(engines.isEmpty() ? "" : engines.get(0));
    }

    private Optional<FittedLaw> fitted(String kernel, Chip chip, String variant, KernelLaw law) {
        ProfileFit fit = profile.fits().get(new FitKey(kernel, chip.type().name(), variant));
        return Optional.ofNullable(fit).filter(found -> found.suits(law)).map(found -> found.on(law, chip, true));
    }
}
