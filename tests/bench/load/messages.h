// The messages that citizens are made to write, a pool for every site.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace svar::bench {

struct Message {
  std::size_t label;  // in Messages::labels
  std::string text;   // the inside of a JSON string, escaped
};

struct SitePool {
  std::string site;
  std::vector<Message> messages;
};

struct Messages {
  std::vector<std::string> labels;
  std::vector<SitePool> pools;
  std::size_t different = 0;  // how many texts are different

  // Which pool a conversation belongs to, so that every message is as likely as any other.
  const SitePool& pool_of(std::uint64_t random) const;
};

// Reads a file of one message a line: «text», «label<TAB>text» or «label<TAB>site<TAB>text». A line
// without a site belongs to `site`. The order is kept: a conversation says lines that follow each
// other. Throws std::runtime_error.
Messages read_messages(const std::filesystem::path& file, const std::string& site);

}  // namespace svar::bench
