// NVML: what the driver knows of the device. Prototypes of our own.
#pragma once
#include "library.hpp"

class Nvml {
  public:
    Nvml() : library_({"libnvidia-ml.so.1", "libnvidia-ml.so"}) {
        auto init = library_.function<int (*)()>("nvmlInit_v2");
        ready_ = init != nullptr && init() == 0;
    }
    ~Nvml() {
        auto shutdown = library_.function<int (*)()>("nvmlShutdown");
        if (ready_ && shutdown != nullptr) {
            shutdown();
        }
    }
    bool available() const { return ready_; }
    const Library& library() const { return library_; }

    std::string driver_version() const {
        char text[96] = "";
        auto get = library_.function<int (*)(char*, unsigned)>("nvmlSystemGetDriverVersion");
        return ready_ && get != nullptr && get(text, sizeof text) == 0 ? text : "";
    }

    // Selects the device with this PCI address.
    void select(const char* pci_address) {
        auto get = library_.function<int (*)(const char*, void**)>("nvmlDeviceGetHandleByPciBusId_v2");
        selected_ = ready_ && get != nullptr && get(pci_address, &device_) == 0;
    }

    // A property of the selected device; -1 where it is not known.
    long long property(const char* function) const {
        unsigned value = 0;
        auto get = library_.function<int (*)(void*, unsigned*)>(function);
        return selected_ && get != nullptr && get(device_, &value) == 0 ? static_cast<long long>(value) : -1;
    }
    long long clock_megahertz(int kind, const char* function = "nvmlDeviceGetClockInfo") const {
        unsigned value = 0;
        auto get = library_.function<int (*)(void*, int, unsigned*)>(function);
        return selected_ && get != nullptr && get(device_, kind, &value) == 0 ? static_cast<long long>(value) : -1;
    }
    // 1 on, 0 off, -1 not known.
    int ecc() const {
        int current = 0, pending = 0;
        auto get = library_.function<int (*)(void*, int*, int*)>("nvmlDeviceGetEccMode");
        return selected_ && get != nullptr && get(device_, &current, &pending) == 0 ? current : -1;
    }
    // NVLink lanes that are up.
    int nvlink_lanes() const {
        constexpr int kMostLinks = 18;
        auto get = library_.function<int (*)(void*, unsigned, int*)>("nvmlDeviceGetNvLinkState");
        int lanes = 0;
        for (unsigned link = 0; selected_ && get != nullptr && link < kMostLinks; link++) {
            int active = 0;
            lanes += get(device_, link, &active) == 0 && active == 1 ? 1 : 0;
        }
        return lanes;
    }

  private:
    Library library_;
    bool ready_ = false;
    bool selected_ = false;
    void* device_ = nullptr;
};
