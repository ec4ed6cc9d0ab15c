package org.partiflow.io;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.partiflow.api.cluster.GpuType;

class CatalogueTest {
    @Test
    void hasAllTheNamesThatFilesMayUse() {
        assertThat(Catalogue.gpuTypes())
                .extracting(GpuType::name)
                .contains(
                        "T4", "V100-SXM-16GB", "V100-SXM-32GB", "L4", "A10G", "A40", "A6000", "L40", "L40S", "RTX3090")
                .contains("RTX4090", "RTX-PRO-6000", "A100-PCIe-40GB", "A100-SXM-40GB", "A100-PCIe-80GB")
                .contains("A100-SXM-80GB", "H100-PCIe-80GB", "H100-SXM-80GB", "H100-NVL-94GB", "H20")
                .contains("H200-SXM-141GB", "B200-SXM-180GB")
                .doesNotHaveDuplicates();
        assertThat(Catalogue.modelNames())
                .contains("opt-30b", "llama-2-7b", "llama-2-13b", "llama-2-70b", "llama-3.1-8b", "llama-3.1-70b")
                .contains("mixtral-8x7b", "qwen3-8b", "qwen3-32b", "qwen3-235b-a22b", "deepseek-v3");
        assertThat(Catalogue.workloadNames()).containsExactly("HPLD", "HPHD", "LPHD", "LPLD");
    }

    @Test
    void everyEntryCanBeLoadedAndTellsItsSource() {
        assertThat(Catalogue.gpuTypes()).allSatisfy(type -> {
            assertThat(type.source()).contains("Price: ");
            assertThat(type.pricePerHourUsd()).isPositive();
            assertThat(Catalogue.findGpuType(type.name())).contains(type);
        });
        assertThat(Catalogue.modelNames())
                .allSatisfy(n -> assertThat(Catalogue.findModel(n)).isPresent());
        assertThat(Catalogue.workloadNames())
                .allSatisfy(n -> assertThat(Catalogue.findWorkload(n)).isPresent());
    }

    @ParameterizedTest
    @CsvSource({
        "NVIDIA-H100-80GB-HBM3, H100-SXM-80GB",
        "NVIDIA H100 80GB HBM3, H100-SXM-80GB",
        "NVIDIA-H100-PCIe, H100-PCIe-80GB",
        "NVIDIA-H100-NVL, H100-NVL-94GB",
        "NVIDIA-A100-SXM4-80GB, A100-SXM-80GB",
        "A100-SXM4-40GB, A100-SXM-40GB",
        "NVIDIA-A100-80GB-PCIe, A100-PCIe-80GB",
        "NVIDIA-A100-PCIE-40GB, A100-PCIe-40GB",
        "Tesla-T4, T4",
        "Tesla-T4-SHARED, T4",
        "Tesla-V100-SXM2-16GB, V100-SXM-16GB",
        "NVIDIA-RTX-A6000, A6000",
        "NVIDIA-GeForce-RTX-4090, RTX4090",
        "NVIDIA-RTX-PRO-6000-Blackwell-Server-Edition, RTX-PRO-6000",
        "NVIDIA-H200, H200-SXM-141GB",
        "NVIDIA-B200, B200-SXM-180GB",
        "NVIDIA-L40S, L40S",
        "a100_sxm, A100-SXM-80GB",
        "a100_sxm_80gb, A100-SXM-80GB",
        "a100_pcie, A100-PCIe-80GB",
        "a100-80gb, A100-SXM-80GB",
        "a100_40gb, A100-SXM-40GB",
        "a100, A100-SXM-80GB",
        "h100, H100-SXM-80GB",
        "h100_sxm, H100-SXM-80GB",
        "h100_pcie, H100-PCIe-80GB",
        "h100-80gb, H100-SXM-80GB",
        "h200, H200-SXM-141GB",
        "h200_sxm, H200-SXM-141GB",
        "b200_sxm, B200-SXM-180GB",
        "gb200, GB200",
        "gb300, GB300",
        "b300_sxm, B300-SXM-270GB",
        "NVIDIA-H800, H800-SXM-80GB",
        "NVIDIA-A800-SXM4-80GB, A800-SXM-80GB",
        "NVIDIA-GH200-480GB, GH200",
        "NVIDIA-GeForce-RTX-5090, RTX5090",
        "NVIDIA-RTX-6000-Ada-Generation, RTX-6000-Ada",
        "NVIDIA-A10, A10",
        "h20, H20",
        "a40, A40",
        "a6000, A6000",
        "a10g, A10G",
        "l4, L4",
        "l40s, L40S",
        "t4, T4",
        "rtx3090, RTX3090",
        "rtx4090, RTX4090",
        "v100_sxm_16gb, V100-SXM-16GB",
        "rtx_pro_6000_server, RTX-PRO-6000"
    })
    void aliasesAreUnderstood(String alias, String name) {
        assertThat(Catalogue.findGpuType(alias)).get().extracting(GpuType::name).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "meta-llama/Llama-2-70b-hf, llama-2-70b",
        "Llama-2-70b, llama-2-70b",
        "llama2_70b, llama-2-70b",
        "meta-llama/Llama-3.1-70B, llama-3.1-70b",
        "internlm/internlm-20b, internlm-20b",
        "LLAMA-3.1-8B, llama-3.1-8b"
    })
    void modelAliasesAreUnderstood(String alias, String name) {
        assertThat(Catalogue.findModel(alias)).get().extracting(Loaded::name).isEqualTo(name);
    }

    @Test
    void unknownNamesAreNotFound() {
        assertThat(Catalogue.findGpuType("H101")).isEmpty();
        assertThat(Catalogue.findGpuType("")).isEmpty();
        assertThat(Catalogue.findModel("gpt-9")).isEmpty();
        assertThat(Catalogue.findWorkload("../HPLD")).isEmpty();
    }
}
