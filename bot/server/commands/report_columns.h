// The columns of the month's report: what each is called, what it means in words that hold every
// municipality to the same count, and its value. One place for all three languages.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/domain/language.h"
#include "bot/service/report/month_figures.h"

namespace svar::server {

struct Words {
  std::string_view nn, nb, en;
  std::string_view in(Language language) const {
    return language == Language::nn ? nn : language == Language::nb ? nb : en;
  }
};

template <class Figures>
struct ReportColumn {
  std::string_view key;  // in JSON; stays the same for ever
  Words name;
  Words definition;
  // Empty when there is nothing to tell: a share of nothing.
  std::function<std::string(const Figures&)> value;
};

const std::vector<ReportColumn<service::MonthFigures>>& month_columns();
const std::vector<ReportColumn<service::TopicFigures>>& topic_columns();

// The first column of each table: the channel, the topic.
inline constexpr Words kChannelName{"Kanal", "Kanal", "Channel"};
inline constexpr Words kChannelDefinition{
    "Kvar samtalen kom frå. Øvst alle kanalar saman. Ein samtale høyrer til månaden han tok til i, "
    "og alt som "
    "skjer i han sidan, tel med.",
    "Hvor samtalen kom fra. Øverst alle kanaler samlet. En samtale hører til måneden den begynte "
    "i, og alt som "
    "skjer i den siden, teller med.",
    "Where the conversation came from. All channels together first. A conversation belongs to the "
    "month in which it "
    "began, with all that happens in it later."};
inline constexpr Words kAllChannels{"alle", "alle", "all"};
inline constexpr Words kTopicName{"Emne", "Emne", "Topic"};
inline constexpr Words kTopicDefinition{"Emnet sitt namn i kunnskapsbasen.",
                                        "Emnets navn i kunnskapsbasen.",
                                        "The topic's name in the knowledge base."};

}  // namespace svar::server
