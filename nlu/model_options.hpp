// The numbers of the learnt model that were chosen by measuring; the defaults are what every knowledge base uses.
#pragma once

#include <cstddef>
#include <cstdint>

namespace sahut::nlu {

struct ModelOptions {
  float cost = 0.5F;              ///< C of the squared hinge loss
  float positive_cost = 2.0F;     ///< factor of C for a label's own examples
  std::size_t passes = 6;         ///< over the training texts; a large set has fewer
  float centroid = 0.6F;          ///< weight of the centroid of a label with one example
  float centroid_halving = 4.0F;  ///< further examples at which that weight has halved
  std::uint32_t seed = 6;         ///< of the order in which texts are visited
};

}  // namespace sahut::nlu
