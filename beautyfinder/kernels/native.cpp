// The compiled module as Python sees it: beautyfinder.kernels._native.
#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <memory>
#include <stdexcept>

#include "cells.h"
#include "denormals.h"
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
