#include "connectors/webchat/joining.h"

#include "bot/engine/decide.h"
#include "connectors/webchat/frames.h"

namespace svar::webchat {

void join(Chat& chat, ConversationId conversation, Seq after,
          std::function<void(JoinOutcome)> done) {
  service::Conversations& conversations = chat.setup.conversations;
  conversations.state(conversation, [&conversations, conversation, after, done = std::move(done)](
                                        Result<Conversation, service::StoreError> state) {
    if (!state) return done(Unreadable{});
    // Whoever has seen events of a conversation that has none held one that was removed.
    const bool removed = state->lifecycle == Lifecycle::unstored && after.value > 0;
    if (removed || state->lifecycle == Lifecycle::erased) return done(Gone{});
    if (state->last_seq <= after) return done(Joined{std::move(*state), {}});
    conversations.transcript(
        conversation, after,
        [state = std::move(*state),
         done](Result<std::vector<Recorded>, service::StoreError> events) mutable {
          if (!events) return done(Unreadable{});
          done(Joined{std::move(state), std::move(*events)});
        });
  });
}

Language language_of_site(const SiteId& site, const engine::Release& release) {
  const kb::Municipality* municipality = release.municipality(MunicipalityId{site.value});
  return municipality ? municipality->language : Language::nn;
}

std::optional<MunicipalityId> municipality_of(const Conversation& state, const SiteId& site,
                                              const engine::Release& release) {
  if (state.municipality) return state.municipality;
  const kb::Municipality* of_site = release.municipality(MunicipalityId{site.value});
  return of_site ? std::optional(of_site->id) : std::nullopt;
}

Welcome welcome_for(const Conversation& state, const SiteId& site, Language language,
                    const engine::Release& release, Time now) {
  Welcome welcome;
  welcome.language = language;
  welcome.owner = state.owner == Owner::none ? code(Owner::bot) : code(state.owner);
  welcome.site = site.value;
  const kb::Municipality* of_site = release.municipality(MunicipalityId{site.value});
  welcome.site_name = of_site ? of_site->name : release.text("common_site_name", language);
  if (of_site) welcome.site_colour = of_site->colour;

  const MunicipalityId controller =
      state.controller.value_or(of_site ? of_site->id : release.host_municipality);
  const kb::Municipality* responsible = release.municipality(controller);
  welcome.notice_version = engine::kNoticeVersion;
  welcome.notice_controller = responsible ? responsible->full_name.in(language) : controller.value;
  welcome.notice_days = responsible ? responsible->retention_days : 0;
  const std::string with_agent =
      std::to_string(responsible ? responsible->retention_days_with_agent : 0);
  welcome.notice_text = release.text("notice", language,
                                     {{"municipality", welcome.notice_controller},
                                      {"days", std::to_string(welcome.notice_days)},
                                      {"days_with_agent", with_agent}});
  welcome.agents_open = release.is_open(controller, now);
  if (!welcome.agents_open) welcome.opens = release.next_opening(controller, now);
  return welcome;
}

}  // namespace svar::webchat
