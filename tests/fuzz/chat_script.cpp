#include "tests/fuzz/chat_script.h"

#include <sodium.h>

#include <algorithm>
#include <charconv>

#include "connectors/net/io_executor.h"
#include "tests/engine/scripted_answering.h"
#include "tests/fuzz/hold.h"

namespace svar::fuzz {
namespace {

const std::string kOsteroyPage = "https://www.osteroy.kommune.no";
const std::string kGulenPage = "https://www.gulen.kommune.no";

std::shared_ptr<const engine::Release> release_with_pages() {
  static const auto release = [] {
    engine::Release made = fakes::scripted_release();
    made.municipalities.at(MunicipalityId{"osteroy"}).origins = {kOsteroyPage};
    made.municipalities.at(MunicipalityId{"gulen"}).origins = {kGulenPage};
    made.common_origins = {kOsteroyPage};
    return std::make_shared<const engine::Release>(std::move(made));
  }();
  return release;
}

// Only what the sessions never use of it: it does not run.
net::IoExecutor& idle_io() {
  static net::IoExecutor io;
  return io;
}

webchat::WebChatSetup setup_of(service::Conversations& conversations, const service::Clock& clock,
                               service::TypingHub& typing, const service::QueuePlaces& places) {
  webchat::WebChatSetup setup{
      .conversations = conversations,
      .release = release_with_pages,
      .clock = clock,
      .io = idle_io(),
      .typing = typing,
      .places = &places,
  };
  setup.key.fill(7);
  setup.limits.enabled = false;
  setup.allow_no_origin = true;
  return setup;
}

int number_in(std::string_view text) {
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return std::clamp(number, 0, 100'000);
}

void replace(std::string& text, std::string_view name, std::string_view value) {
  for (auto at = text.find(name); at != std::string::npos;
       at = text.find(name, at + value.size())) {
    text.replace(at, name.size(), value);
  }
}

// The client's id that an event holds; empty when it holds none.
ClientId id_of(const Event& event) {
  return std::visit(
      [](const auto& held) {
        if constexpr (requires { held.id; }) return ClientId{held.id};
        return ClientId{};
      },
      event);
}

}  // namespace

UnsureStore::AppendDone UnsureStore::failing(AppendDone done) {
  return [done = std::move(done)](const auto&) { done(Failure{service::StoreError{"no answer"}}); };
}

void UnsureStore::append(service::Append request, AppendDone done) {
  const Fault fault = std::exchange(fault_, Fault::none);
  if (fault == Fault::lost) request.expected = Seq{1'000'000};
  was_unsure_ = was_unsure_ || fault == Fault::stored;
#ifdef SVAR_PLANTED_FAULT  // a store that acknowledges one kind of message without storing it
  const auto* rated = std::get_if<CitizenRated>(&request.events->front().event);
  if (rated && rated->score == 4) {
    const Seq last = request.events->back().seq;
    request.expected = Seq{1'000'000};
    return inner_.append(std::move(request), [done, last](const auto&) {
      done(service::AppendOutcome{service::Appended{last}});
    });
  }
#endif
  inner_.append(std::move(request),
                fault == Fault::none ? std::move(done) : failing(std::move(done)));
}

void UnsureStore::create(std::string key, Time at,
                         std::function<void(Result<ConversationId, service::StoreError>)> done) {
  inner_.create(std::move(key), at, std::move(done));
}

void UnsureStore::load(ConversationId id, Seq after, LoadDone done) {
  inner_.load(id, after, std::move(done));
}

void UnsureStore::read_all(
    Position after, std::size_t count_max,
    std::function<void(Result<std::vector<service::LoggedEvent>, service::StoreError>)> done) {
  inner_.read_all(after, count_max, std::move(done));
}

void UnsureStore::erase(service::Erasure request, AppendDone done) {
  const Fault fault = std::exchange(fault_, Fault::none);
  if (fault == Fault::lost) request.append.expected = Seq{1'000'000};
  was_unsure_ = was_unsure_ || fault == Fault::stored;
  inner_.erase(std::move(request),
               fault == Fault::none ? std::move(done) : failing(std::move(done)));
}

ChatScript::ChatScript()
    : release_(release_with_pages()),
      conversations_(store_, executor_, clock_, release_with_pages, {}),
      chat_(setup_of(conversations_, clock_, typing_, places_)) {}

ChatScript::~ChatScript() {
  for (auto& one : clients_) one.reset();
}

void ChatScript::play(std::string_view line) {
  if (line.starts_with('@')) {
    direct(split(line.substr(1), " "));
  } else if (line.starts_with(R"({"frames")")) {
    post(filled(line));
  } else {
    client().receive(filled(line));
  }
  if (!holding_) executor_.run();
  const auto& now = clients_[turn_];
  if (!now || now->conversation.empty()) return;
  conversation_ = now->conversation;
  token_ = now->token;
  last_number_ = now->number();
  if (!now->code.empty()) code_ = now->code;
}

// As the way round sockets takes them.
void ChatScript::post(const std::string& body) {
  const auto decoded = webchat::decode_posted(body);
  const auto* frames = std::get_if<std::vector<std::string>>(&decoded);
  if (!frames) return;
  hold(!frames->empty() && frames->size() <= 40, "as many frames as are allowed", body);
  for (const std::string& frame : *frames) client().receive(frame);
}

void ChatScript::direct(const Words& words) {
  const std::string_view word = words[0];
  const std::string_view more = words.size() > 1 ? words[1] : std::string_view{};
  if (word.size() == 1 && word[0] >= '0' && word[0] < static_cast<char>('0' + kClients)) {
    turn_ = static_cast<std::size_t>(word[0] - '0');
  } else if (word == "agent") {
    agent(words);
  } else if (word == "leave") {
    forget_client();
  } else if (word == "room") {
    client().give_room(more != "0");
  } else if (word == "fail") {
    store_.fail_next(more == "stored" ? UnsureStore::Fault::stored : UnsureStore::Fault::lost);
  } else if (word == "hold") {
    holding_ = true;
  } else if (word == "run") {
    holding_ = false;
  } else if (word == "wait") {
    clock_.advance(std::chrono::seconds{number_in(more)});
  } else if (word == "typing") {
    typing_.typing(last_number_, service::TypingFrom::agent);
  } else if (word == "silence") {
    submit(InactivityPasses{clock_.now()});
  } else if (word == "forget") {
    submit(RetentionPasses{clock_.now()});
  } else if (word == "due") {
    submit(AnswerFallsDue{});
  }
}

void ChatScript::agent(const Words& words) {
  static const AgentId kari{"kari"}, per{"per"};
  const std::string_view what = words.size() > 1 ? words[1] : std::string_view{};
  const ClientId id{"agent." + std::string{words.size() > 2 ? words[2] : std::string_view{"1"}}};
  if (what == "take") submit(AgentTakes{kari, "Kari"});
  if (what == "other") submit(AgentTakes{per, "Per"});
  if (what == "say") submit(AgentSays{kari, "Kari", id, "eg ser på det"});
  if (what == "back") submit(AgentHandsBack{kari, id});
  if (what == "close") submit(AgentCloses{kari, id});
}

void ChatScript::submit(Input input) {
  conversations_.submit(last_number_, std::nullopt, std::move(input),
                        service::Acceptance::with_outcome, [](const service::SubmitOutcome&) {});
}

ChatClient& ChatScript::client() {
  auto& now = clients_[turn_];
  if (now && now->is_over()) forget_client();
  if (!now) now = std::make_unique<ChatClient>(chat_, turn_ == 2 ? kGulenPage : kOsteroyPage);
  return *now;
}

void ChatScript::forget_client() {
  auto& now = clients_[turn_];
  if (!now) return;
  const auto& of_it = now->acknowledged();
  acknowledged_.insert(acknowledged_.end(), of_it.begin(), of_it.end());
  now.reset();
}

std::string ChatScript::filled(std::string_view line) const {
  std::string text{line};
  replace(text, "$C", conversation_);
  replace(text, "$T", token_);
  replace(text, "$K", code_);
  return text;
}

std::vector<service::LoggedEvent> ChatScript::whole_log() {
  std::vector<service::LoggedEvent> log;
  memory_.read_all(Position{0}, 100'000, [&](auto events) { log = std::move(*events); });
  executor_.run();
  return log;
}

void ChatScript::check_states(const std::vector<service::LoggedEvent>& log) {
  std::map<ConversationId, Conversation> folded;
  for (const auto& one : log) evolve(folded[one.conversation], one.recorded);
  for (const auto& [id, expected] : folded) {
    bool told = false;
    conversations_.state(id, [&, &expected = expected](const auto& state) {
      told = true;
      hold(state && *state == expected, "the state at hand is the log folded");
    });
    executor_.run();
    hold(told, "a state is given");
  }
}

void ChatScript::finish() {
  holding_ = false;
  store_.fail_next(UnsureStore::Fault::none);
  executor_.run();
  for (auto& one : clients_) {
    if (one) one->give_room(true);
  }
  executor_.run();
  const auto log = whole_log();
  check_states(log);
  std::map<ConversationId, std::vector<Recorded>> logs;
  for (const auto& one : log) logs[one.conversation].push_back(one.recorded);
  for (const auto& one : clients_) {
    if (!one) continue;
    if (!store_.was_unsure()) one->check_complete(logs[one->number()], *release_);
    const auto& of_it = one->acknowledged();
    acknowledged_.insert(acknowledged_.end(), of_it.begin(), of_it.end());
  }
  for (const Acknowledged& one : acknowledged_) {
    if (one.seq == Seq{0}) continue;  // a deletion of what was never stored
    const auto& stored = logs[one.conversation];
    const auto at = static_cast<std::size_t>(one.seq.value);
    hold(at <= stored.size() && id_of(stored[at - 1].event) == one.id,
         "an acknowledged message is in the log, where it was said to be", one.id.value);
  }
}

}  // namespace svar::fuzz
