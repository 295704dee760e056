#include "connectors/net/io_executor.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <utility>

namespace svar::net {

namespace asio = boost::asio;

namespace {

// Shared with the pending wait, so that destroying the Timer inside its own task is harmless.
struct TimerState {
  explicit TimerState(asio::io_context& io) : timer(io) {}
  asio::steady_timer timer;
  std::function<void()> task;
  std::chrono::milliseconds period{0};  // 0: once
  bool cancelled = false;
};

void wait(const std::shared_ptr<TimerState>& state) {
  state->timer.async_wait([state](boost::system::error_code error) {
    if (error || state->cancelled) return;
    state->task();
    if (state->cancelled || state->period.count() == 0) return;
    state->timer.expires_after(state->period);
    wait(state);
  });
}

class AsioTimer final : public Timer {
 public:
  explicit AsioTimer(std::shared_ptr<TimerState> state) : state_(std::move(state)) {}
  ~AsioTimer() override {
    state_->cancelled = true;
    state_->timer.cancel();
  }

 private:
  std::shared_ptr<TimerState> state_;
};

}  // namespace

struct IoExecutor::Impl {
  asio::io_context io{1};
  asio::executor_work_guard<asio::io_context::executor_type> work{io.get_executor()};
  asio::signal_set signals{io};
  std::function<void(int)> on_signal;

  void wait_for_signal() {
    signals.async_wait([this](boost::system::error_code error, int number) {
      if (error) return;
      on_signal(number);
      wait_for_signal();
    });
  }
};

IoExecutor::IoExecutor() : impl_(std::make_unique<Impl>()) {}
IoExecutor::~IoExecutor() = default;

void IoExecutor::post(std::function<void()> task) { asio::post(impl_->io, std::move(task)); }

void IoExecutor::run() { impl_->io.run(); }
void IoExecutor::stop() { impl_->io.stop(); }

std::unique_ptr<Timer> IoExecutor::after(std::chrono::milliseconds delay,
                                         std::function<void()> task) {
  auto state = std::make_shared<TimerState>(impl_->io);
  state->task = std::move(task);
  state->timer.expires_after(delay);
  wait(state);
  return std::make_unique<AsioTimer>(std::move(state));
}

std::unique_ptr<Timer> IoExecutor::every(std::chrono::milliseconds period,
                                         std::function<void()> task) {
  auto state = std::make_shared<TimerState>(impl_->io);
  state->task = std::move(task);
  state->period = period;
  state->timer.expires_after(period);
  wait(state);
  return std::make_unique<AsioTimer>(std::move(state));
}

void IoExecutor::on_signals(const std::vector<int>& signals, std::function<void(int)> task) {
  for (const int number : signals) impl_->signals.add(number);
  const bool waiting = static_cast<bool>(impl_->on_signal);
  impl_->on_signal = std::move(task);
  if (!waiting) impl_->wait_for_signal();
}

boost::asio::io_context& IoExecutor::context() { return impl_->io; }

}  // namespace svar::net
