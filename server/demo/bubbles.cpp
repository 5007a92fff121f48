#include "server/demo/bubbles.hpp"

#include <nlohmann/json.hpp>
#include <sstream>
#include <utility>

namespace sahut::server {
namespace {

using Json = nlohmann::json;

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

/// The little HTML our own renderer writes, back to WhatsApp's stars.
std::string from_html(std::string text) {
  for (const auto& [html, plain] :
       {std::pair{"<b>", "*"}, {"</b>", "*"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&amp;", "&"}}) {
    replace_all(text, html, plain);
  }
  return text;
}

/// The simulated phones say which file came; the real ones show it.
std::string file_words(const std::string& what, const std::string& caption) {
  return "[" + what + "]" + (caption.empty() ? "" : "\n" + caption);
}

std::string place_words(const std::string& name, const Json& place) {
  std::ostringstream words;
  words << "[Lokasi" << (name.empty() ? "" : ": " + name) << "] " << place.at("latitude").get<double>() << ", "
        << place.at("longitude").get<double>();
  return words.str();
}

/// A text field of a form of our own making.
std::string form_field(std::string_view form, std::string_view name) {
  const std::string head = "name=\"" + std::string(name) + "\"\r\n\r\n";
  const std::size_t begin = form.find(head);
  if (begin == std::string_view::npos) return {};
  const std::string_view rest = form.substr(begin + head.size());
  return std::string(rest.substr(0, rest.find("\r\n--")));
}

Bubble interactive_bubble(const Json& interactive) {
  Bubble bubble;
  bubble.text = interactive.at("body").at("text").get<std::string>();
  const Json& action = interactive.at("action");
  if (interactive.at("type") == "button") {
    for (const Json& button : action.at("buttons")) {
      bubble.choices.push_back({button.at("reply").at("title"), button.at("reply").at("id")});
    }
    return bubble;
  }
  bubble.menu = action.at("button").get<std::string>();
  for (const Json& section : action.at("sections")) {
    for (const Json& row : section.at("rows")) {
      bubble.choices.push_back({row.contains("description") ? row["description"] : row.at("title"), row.at("id")});
    }
  }
  return bubble;
}

}  // namespace

std::optional<Bubble> whatsapp_bubble(std::string_view body) {
  try {
    const Json message = Json::parse(body);
    const std::string type = message.value("type", "");
    if (type == "text") return Bubble{message.at("text").at("body"), {}, "", false};
    if (type == "interactive") return interactive_bubble(message.at("interactive"));
    if (type == "image") return Bubble{file_words("Foto", message.at("image").value("caption", "")), {}, "", false};
    if (type == "document") {
      const Json& file = message.at("document");
      return Bubble{file_words(file.value("filename", "Berkas"), file.value("caption", "")), {}, "", false};
    }
    if (type == "location") {
      const Json& place = message.at("location");
      return Bubble{place_words(place.value("name", ""), place), {}, "", false};
    }
    if (type == "template") return Bubble{"[" + message.at("template").value("name", "") + "]", {}, "", true};
  } catch (const Json::exception&) {
    // Not what our adapter writes: the phone shows nothing.
  }
  return std::nullopt;
}

std::optional<std::string> whatsapp_message_read(std::string_view body) {
  const Json mark = Json::parse(body, nullptr, false);
  if (!mark.is_object() || !mark.contains("status") || mark["status"] != "read") return std::nullopt;
  const auto id = mark.find("message_id");
  return id != mark.end() && id->is_string() ? std::optional(id->get<std::string>()) : std::nullopt;
}

std::optional<Bubble> telegram_bubble(std::string_view method, std::string_view body) {
  if (method == "sendPhoto" || method == "sendDocument") {
    const std::string caption = from_html(form_field(body, "caption"));
    return Bubble{file_words(method == "sendPhoto" ? "Foto" : "Berkas", caption), {}, "", false};
  }
  try {
    if (method == "sendVenue") {
      const Json place = Json::parse(body);
      return Bubble{place_words(place.value("title", ""), place), {}, "", false};
    }
    if (method != "sendMessage") return std::nullopt;
    const Json arguments = Json::parse(body);
    Bubble bubble{from_html(arguments.at("text")), {}, "", false};
    if (arguments.contains("reply_markup")) {
      for (const Json& row : arguments["reply_markup"].at("inline_keyboard")) {
        for (const Json& button : row) bubble.choices.push_back({button.at("text"), button.at("callback_data")});
      }
    }
    return bubble;
  } catch (const Json::exception&) {
    return std::nullopt;
  }
}

}  // namespace sahut::server
