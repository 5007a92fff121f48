// Files to and from WhatsApp (Meta: business-phone-numbers/media): a file of a resident is asked for by its id, then
// fetched with the same token; a file of ours is uploaded first and sent by the id it got.
#pragma once

#include <string>

#include "adapters/channel.hpp"
#include "adapters/whatsapp/account.hpp"
#include "adapters/whatsapp/error_table.hpp"

namespace sahut::adapters::whatsapp {

/// Meta takes larger pictures only as documents.
constexpr std::size_t most_picture_bytes = 5u << 20;

[[nodiscard]] std::optional<HttpCall> seek_media(const Account& account, const std::string& attachment);
/// The answer to seek_media: where the file lies for five minutes. The token goes only to Meta's own servers and to the
/// server of `api_base`.
[[nodiscard]] MediaStep media_address(const Account& account, const HttpAnswer& answer);

[[nodiscard]] HttpCall upload(const Account& account, const OutboundFile& file);
/// A repeated upload doubles nothing that a resident sees.
[[nodiscard]] SendVerdict classify_upload(const HttpAnswer& answer, const ErrorTable& table);

}  // namespace sahut::adapters::whatsapp
