#include "conversation/event.hpp"

namespace sahut::conversation {

std::string_view name_of(MessageKind kind) {
  switch (kind) {
    case MessageKind::text:
      return "text";
    case MessageKind::choice:
      return "choice";
    case MessageKind::image:
      return "image";
    case MessageKind::video:
      return "video";
    case MessageKind::audio:
      return "audio";
    case MessageKind::document:
      return "document";
    case MessageKind::sticker:
      return "sticker";
    case MessageKind::location:
      return "location";
    case MessageKind::contacts:
      return "contacts";
    case MessageKind::order:
      return "order";
    case MessageKind::other:
      return "other";
  }
  return "other";
}

bool is_file(MessageKind kind) {
  return kind == MessageKind::image || kind == MessageKind::video || kind == MessageKind::audio ||
         kind == MessageKind::document || kind == MessageKind::sticker;
}

std::string_view name_of(DeliveryState state) {
  switch (state) {
    case DeliveryState::pending:
      return "pending";
    case DeliveryState::sent:
      return "sent";
    case DeliveryState::delivered:
      return "delivered";
    case DeliveryState::read:
      return "read";
    case DeliveryState::failed:
      return "failed";
  }
  return "pending";
}

}  // namespace sahut::conversation
