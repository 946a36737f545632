"""Instead of PyInstaller's own, which takes every module of torch, its tests and compilers, too.

What the program imports is found by analysis, as of any library; the libraries are taken whole.
"""

from PyInstaller.utils.hooks import (
    PY_DYLIB_PATTERNS,
    collect_data_files,
    collect_dynamic_libs,
    collect_submodules,
)

module_collection_mode = "pyz+py"  # parts of torch read their own source
binaries = collect_dynamic_libs("torch", search_patterns=[*PY_DYLIB_PATTERNS, "*.so.*"])
datas = collect_data_files("torch", includes=["bin/torch_shm_manager*"])
bindepend_symlink_suppression = ["**/torch/lib/*.so*"]
# torch imports these by name
hiddenimports = [
    *collect_submodules("torch.backends"),
    *collect_submodules("torch._dynamo.polyfills"),
    *collect_submodules("torch._higher_order_ops"),
    *collect_submodules("torch._native"),
    "torch._dispatch.python",
    "torch._meta_registrations",
    "torch._prims",
    "torch._refs",
    "torch.jit",
    "torch.onnx",
]
