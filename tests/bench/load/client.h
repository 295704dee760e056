// One client of a WebSocket server over a raw, non-blocking socket; it can be closed and connected
// again any number of times. Made to cost the generator as little as possible: what it costs is
// taken from the server it measures.
//
// Threads: the one that runs the loop. Nothing blocks but Loop::wait.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tests/bench/load/wire.h"

namespace svar::bench {

class Client;

// Who hears what a client meets. Each call may send on, close or connect that client again.
class ClientEvents {
 public:
  // The upgrade was accepted.
  virtual void opened(Client& client) = 0;
  // A text frame; the bytes are gone after the call.
  virtual void said(Client& client, std::string_view text) = 0;
  // The connection could not be made, or the other side ended it. Not told after Client::close.
  virtual void ended(Client& client, std::string_view why) = 0;

 protected:
  ~ClientEvents() = default;
};

// epoll over all clients.
class Loop {
 public:
  Loop();
  ~Loop();
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  // Handles what has happened, waiting at most so long for the first thing.
  void wait(std::chrono::nanoseconds most);

 private:
  friend class Client;
  int epoll_ = -1;
  std::vector<Client*> clients_;
  std::vector<char> input_;
};

struct Target {
  std::uint16_t port = 0;  // on 127.0.0.1
  std::string path;
  std::string origin;  // empty: none
  std::string cookie;  // empty: none
};

class Client {
 public:
  // `number` is the client's own; numbers run from 0 upwards without gaps. All three must outlive
  // the client.
  Client(Loop& loop, ClientEvents& events, const Target& target, std::uint32_t number);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  std::uint32_t number() const { return number_; }
  bool is_open() const { return state_ == State::open; }
  bool is_closed() const { return state_ == State::closed; }

  // Begins to connect; `opened` or `ended` tells the rest.
  void connect();

  // Sends one text frame; what the socket doesn't take at once follows by itself.
  void send(std::string_view text);

  // Says goodbye and closes, as a browser does whose page is left: the server's goodbye isn't
  // waited for.
  void close();

  // Cuts the connection without a word, as a network that is gone.
  void cut();

 private:
  friend class Loop;
  enum class State : std::uint8_t { closed, connecting, upgrading, open };

  void ready(std::uint32_t events);
  void read();
  bool read_upgrade(std::string_view& bytes);
  void read_frames(std::string_view bytes);
  bool heard(const ServerFrame& frame);
  void transmit(Opcode opcode, std::string_view body);
  void write(std::string_view bytes);
  void flush();
  void watch(bool writable, bool add);
  void fail(std::string_view why);

  Loop& loop_;
  ClientEvents& events_;
  const Target& target_;
  std::uint32_t number_;
  std::uint32_t generation_ = 0;  // tells the events of this socket from those of the one before
  int socket_ = -1;
  State state_ = State::closed;
  std::string in_;
  std::string out_;
};

}  // namespace svar::bench
