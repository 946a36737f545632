// The compiled module as Python sees it: beautyfinder.kernels._native.
#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <stdexcept>

#include "cells.h"
#include "denormals.h"
#include "distances.h"
#include "instruction_sets.h"
#include "matching.h"
#include "sift.h"

namespace py = pybind11;

namespace kernels {
namespace {

using Bytes = py::array_t<std::uint8_t, py::array::c_style>;

int rows_of(const Bytes& descriptors) {
  if (descriptors.ndim() != 2 || descriptors.shape(1) != kLength)
    throw std::invalid_argument("descriptors must be uint8 (K, 128)");
  return static_cast<int>(descriptors.shape(0));
}

template <typename T>
py::array_t<T> as_array(const std::vector<T>& values) {
  return py::array_t<T>(static_cast<py::ssize_t>(values.size()), values.data());
}

py::tuple match(const QueryDescriptors& query, const Bytes& candidate, float ratio) {
  const int count = rows_of(candidate);
  MatchList found;
  {
    py::gil_scoped_release other_threads_run;
    found = query.match(candidate.data(), count, ratio);
  }
  return py::make_tuple(as_array(found.query), as_array(found.candidate),
                        as_array(found.distances));
}

py::tuple neighbours(const QueryDescriptors& query, const Bytes& candidate) {
  const int count = rows_of(candidate);
  if (query.count() < 2) throw std::invalid_argument("there is no second nearest of one keypoint");
  NeighbourList found;
  {
    py::gil_scoped_release other_threads_run;
    found = query.neighbours(candidate.data(), count);
  }
  return py::make_tuple(as_array(found.nearest), as_array(found.distances).reshape({count, 2}),
                        as_array(found.mutual).attr("astype")("bool"));
}

py::tuple sift_of(const Bytes& grey, int limit, const std::string& instructions) {
  if (grey.ndim() != 2) throw std::invalid_argument("a grey picture must be uint8 (H, W)");
  const int height = static_cast<int>(grey.shape(0)), width = static_cast<int>(grey.shape(1));
  const InstructionSet& set = instruction_set(instructions);
  Keypoints found;
  {
    py::gil_scoped_release other_threads_run;
    found = sift(grey.data(), height, width, limit, set.pyramid, set.gradients);
  }
  const auto count = static_cast<py::ssize_t>(found.sizes.size());
  return py::make_tuple(as_array(found.points).reshape({count, py::ssize_t(2)}),
                        as_array(found.sizes), as_array(found.angles), as_array(found.responses),
                        as_array(found.descriptors).reshape({count, py::ssize_t(kDescriptor)}));
}

Metric metric_named(const std::string& name) {
  if (name == "cosine") return Metric::kCosine;
  if (name == "l1") return Metric::kL1;
  if (name == "l2") return Metric::kL2;
  throw std::invalid_argument("there is no metric " + name);
}

py::array_t<float> distances_of(
    const py::array_t<float, py::array::c_style>& query, const py::array& rows,
    const std::string& metric,
    const std::optional<py::array_t<std::int64_t, py::array::c_style>>& places,
    const std::string& instructions) {
  if (query.ndim() != 1 || rows.ndim() != 2 || rows.shape(1) != query.shape(0) ||
      !rows.dtype().equal(py::dtype("float16")) || !(rows.flags() & py::array::c_style))
    throw std::invalid_argument("a query float32 (D,) and rows float16 (N, D), contiguous, are"
                                " asked");
  const std::int64_t* chosen = places ? places->data() : nullptr;
  const py::ssize_t count = places ? places->size() : rows.shape(0);
  if (std::any_of(chosen, chosen ? chosen + count : nullptr,
                  [&](std::int64_t place) { return place < 0 || place >= rows.shape(0); }))
    throw std::invalid_argument("there is no such row");
  const Metric measured = metric_named(metric);
  const InstructionSet& set = instruction_set(instructions);
  py::array_t<float> found(count);
  float* to = found.mutable_data();
  const auto* halves = static_cast<const std::uint16_t*>(rows.data());
  const int dimensions = static_cast<int>(query.shape(0));
  {
    py::gil_scoped_release other_threads_run;
    distances(query.data(), dimensions, measured, halves, chosen, count, set.distances, to);
  }
  return found;
}

std::unique_ptr<Cells> cells_of(const Bytes& centroids, const Bytes& inner, int probes,
                                const std::string& instructions) {
  const int count = rows_of(centroids), inner_count = rows_of(inner);
  if (!count) throw std::invalid_argument("there must be a centroid");
  if (probes < 1) throw std::invalid_argument("one inner cell must be asked at the least");
  const InstructionSet& set = instruction_set(instructions);
  py::gil_scoped_release other_threads_run;
  return std::make_unique<Cells>(centroids.data(), count, inner.data(), inner_count, probes,
                                 set.cells);
}

py::array_t<std::int32_t> nearest(const Cells& cells, const Bytes& descriptors) {
  const int count = rows_of(descriptors);
  py::array_t<std::int32_t> numbers(count);
  std::int32_t* to = numbers.mutable_data();
  {
    py::gil_scoped_release other_threads_run;
    cells.nearest(descriptors.data(), count, to);
  }
  return numbers;
}

}  // namespace
}  // namespace kernels

PYBIND11_MODULE(_native, module) {
  using namespace kernels;
  module.def("denormals_as_zero", &denormals_as_zero, py::arg("as_zero"));
  module.def("distances", &distances_of, py::arg("query"), py::arg("rows"), py::arg("metric"),
             py::arg("places") = py::none(), py::arg("instructions") = "");
  module.def("instruction_sets", &instruction_sets);
  module.def("sift", &sift_of, py::arg("grey"), py::arg("limit"), py::arg("instructions") = "");
  py::class_<QueryDescriptors>(module, "QueryDescriptors")
      .def(py::init([](const Bytes& descriptors, const std::string& instructions) {
             return std::make_unique<QueryDescriptors>(descriptors.data(), rows_of(descriptors),
                                                       instruction_set(instructions).matching);
           }),
           py::arg("descriptors"), py::arg("instructions") = "")
      .def("match", &match, py::arg("candidate"), py::arg("ratio"))
      .def("neighbours", &neighbours, py::arg("candidate"));
  py::class_<Cells>(module, "Cells")
      .def(py::init(&cells_of), py::arg("centroids"), py::arg("inner"), py::arg("probes"),
           py::arg("instructions") = "")
      .def("nearest", &nearest, py::arg("descriptors"));
}
