// The non-template parts of Asio, its SSL layer and Beast, compiled once (BOOST_ASIO_SEPARATE_COMPILATION): each file
// that uses them then compiles in half the time.
#include <boost/asio/impl/src.hpp>
#include <boost/asio/ssl/impl/src.hpp>
#include <boost/beast/src.hpp>
