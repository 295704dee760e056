// Identifiers as types, so that a municipality can't be passed where an article is wanted.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>

namespace svar {

template <class Tag>
struct TextId {
  std::string value;
  auto operator<=>(const TextId&) const = default;
  bool empty() const { return value.empty(); }
};

template <class Tag>
struct NumberId {
  std::int64_t value = 0;
  auto operator<=>(const NumberId&) const = default;
};

using MunicipalityId =
    TextId<struct MunicipalityTag>;     // "osteroy"; the folder under config/content/municipalities
using SiteId = TextId<struct SiteTag>;  // a municipality's id, or "felles": municipality not known
using ArticleId = TextId<struct ArticleTag>;  // "boss.tommekalender"; also the topic's id
using AgentId = TextId<struct AgentTag>;      // an account's log-in name
using ClientId =
    TextId<struct ClientTag>;  // a message's id, chosen by the sender, unique in a conversation

using ConversationId = NumberId<struct ConversationTag>;
using Seq =
    NumberId<struct SeqTag>;  // 1, 2, 3 … in a conversation's log, gapless; 0 = nothing stored yet
using Position = NumberId<struct PositionTag>;  // an event's place in the whole store, rising
using ReleaseNumber = NumberId<struct ReleaseTag>;

// The common site where the citizen's municipality is not known from the page.
inline const SiteId kCommonSite{"felles"};

}  // namespace svar

template <class Tag>
struct std::hash<svar::TextId<Tag>> {
  std::size_t operator()(const svar::TextId<Tag>& id) const {
    return std::hash<std::string>{}(id.value);
  }
};
template <class Tag>
struct std::hash<svar::NumberId<Tag>> {
  std::size_t operator()(const svar::NumberId<Tag>& id) const {
    return std::hash<std::int64_t>{}(id.value);
  }
};
