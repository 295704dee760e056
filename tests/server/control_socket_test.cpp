// The socket in the data folder: for its owner alone, one answer a request, and no one waits for
// the dead.
#include "bot/server/backup/control_socket.h"

#include <sys/stat.h>

#include <future>

#include "tests/store/store_fixtures.h"

namespace svar::server {
namespace {

class ControlSocketTest : public testing::Test {
 protected:
  std::unique_ptr<ControlSocket> open(ControlSocket::Handler handler) {
    auto socket = ControlSocket::open(folder_.path(), std::move(handler));
    if (!socket) ADD_FAILURE() << socket.error();
    return socket ? std::move(*socket) : nullptr;
  }
  Result<std::string, NoService> ask(const std::string& request) {
    return ask_service(folder_.path(), request,
                       [this](const std::string& line) { progress_.push_back(line); });
  }

  store::DataFolder folder_;
  std::vector<std::string> progress_;
};

TEST_F(ControlSocketTest, GivesTheProgressAndTheAnswer) {
  const auto socket = open([](const std::string& request, const TellLine& tell) {
    EXPECT_TRUE(tell("ein"));
    EXPECT_TRUE(tell("to"));
    return "svar på " + request;
  });
  const auto answer = ask("spørsmål");
  ASSERT_TRUE(answer);
  EXPECT_EQ(*answer, "svar på spørsmål");
  EXPECT_EQ(progress_, (std::vector<std::string>{"ein", "to"}));
  EXPECT_TRUE(ask("meir"));
}

TEST_F(ControlSocketTest, IsForTheOwnerAlone) {
  const auto socket = open([](const auto&, const auto&) { return ""; });
  struct stat status {};
  ASSERT_EQ(::stat((folder_.path() / "control").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST_F(ControlSocketTest, IsAbsentWithoutAServiceAndAfterACrash) {
  EXPECT_EQ(ask("x").error(), NoService::absent);
  {
    const auto socket = open([](const auto&, const auto&) { return "ja"; });
    std::filesystem::create_hard_link(folder_.path() / "control", folder_.path() / "left");
  }
  EXPECT_EQ(ask("x").error(), NoService::absent);
  std::filesystem::rename(folder_.path() / "left", folder_.path() / "control");
  EXPECT_EQ(ask("x").error(), NoService::absent);
  const auto socket = open([](const auto&, const auto&) { return "ja"; });
  EXPECT_TRUE(ask("x"));
}

TEST_F(ControlSocketTest, WorksInAFolderWithALongPath) {
  const auto deep = folder_.path() / std::string(120, 'a') / std::string(120, 'b');
  std::filesystem::create_directories(deep);
  auto socket = ControlSocket::open(deep, [](const auto&, const auto&) { return "ja"; });
  ASSERT_TRUE(socket) << socket.error();
  EXPECT_TRUE(ask_service(deep, "x", [](const auto&) {}));
}

TEST_F(ControlSocketTest, TellsTheHandlerToGiveUpWhenItCloses) {
  std::promise<void> asked;
  auto socket = open([&](const auto&, const TellLine& tell) {
    asked.set_value();
    while (tell("framleis")) std::this_thread::sleep_for(std::chrono::milliseconds{1});
    return "gav opp";
  });
  auto answer = std::async(std::launch::async, [&] { return ask("x"); });
  asked.get_future().wait();
  socket.reset();
  EXPECT_EQ(*answer.get(), "gav opp");
}

}  // namespace
}  // namespace svar::server
