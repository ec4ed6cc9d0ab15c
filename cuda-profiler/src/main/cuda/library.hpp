// NVIDIA's libraries, opened at run time: neither their headers nor they themselves need be there when this is built.
#pragma once
#include <dlfcn.h>
#include <glob.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

class Library {
  public:
    // Tries the file names in the default search path, then in PARTIFLOW_LIB_PATH, the usual places and Python packages.
    explicit Library(const std::vector<std::string>& files) {
        for (const std::string& file : files) {
            open(file);
        }
        for (const std::string& folder : folders()) {
            for (const std::string& file : files) {
                open(folder + "/" + file);
            }
        }
    }
    // Never closed: the libraries keep threads and device state of their own.
    Library(const Library&) = delete;
    Library& operator=(const Library&) = delete;

    bool found() const { return handle_ != nullptr; }
    const std::string& path() const { return path_; }

    // A function, or null.
    template <typename Function> Function function(const char* name) const {
        return handle_ == nullptr ? nullptr : reinterpret_cast<Function>(dlsym(handle_, name));
    }

    // Folders that are searched after the default path, patterns expanded.
    static std::vector<std::string> folders() {
        std::vector<std::string> found;
        for (const std::string& path : split(variable("PARTIFLOW_LIB_PATH"))) {
            expand(path, found);
        }
        std::vector<std::string> roots = {"/usr", "/usr/local", "/opt/conda"};
        for (const char* name : {"VIRTUAL_ENV", "CONDA_PREFIX"}) {
            if (!variable(name).empty()) {
                roots.push_back(variable(name));
            }
        }
        if (!variable("HOME").empty()) {
            roots.push_back(variable("HOME") + "/.local");
        }
        for (const char* path : {"/usr/local/cuda/lib64", "/usr/local/cuda/targets/*/lib", "/usr/local/cuda/compat",
                                 "/usr/local/cuda-*/lib64", "/usr/lib/*-linux-gnu", "/usr/lib64", "/opt/nvidia/*/lib"}) {
            expand(path, found);
        }
        for (const std::string& root : roots) {
            expand(root + "/lib", found);
            expand(root + "/lib/python3*/site-packages/nvidia/*/lib", found);
            expand(root + "/lib/python3*/dist-packages/nvidia/*/lib", found);
        }
        return found;
    }

  private:
    void open(const std::string& file) {
        if (handle_ != nullptr) {
            return;
        }
        handle_ = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
        if (handle_ != nullptr) {
            path_ = file;
        }
    }
    static std::string variable(const char* name) {
        const char* value = std::getenv(name);
        return value == nullptr ? "" : value;
    }
    static std::vector<std::string> split(const std::string& paths) {
        std::vector<std::string> parts;
        size_t from = 0;
        while (from < paths.size()) {
            const size_t to = std::min(paths.find(':', from), paths.size());
            if (to > from) {
                parts.push_back(paths.substr(from, to - from));
            }
            from = to + 1;
        }
        return parts;
    }
    static void expand(const std::string& pattern, std::vector<std::string>& folders) {
        glob_t matches{};
        if (glob(pattern.c_str(), 0, nullptr, &matches) == 0) {
            for (size_t i = 0; i < matches.gl_pathc; i++) {
                folders.emplace_back(matches.gl_pathv[i]);
            }
        }
        globfree(&matches);
    }
    void* handle_ = nullptr;
    std::string path_;
};
