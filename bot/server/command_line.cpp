#include "bot/server/command_line.h"

#include <CLI/CLI.hpp>
#include <iostream>

#include "bot/server/commands/ask_command.h"
#include "bot/server/commands/check_command.h"
#include "bot/server/commands/serve_command.h"
#include "bot/server/commands/test_command.h"

namespace svar::server {
namespace {

constexpr int kMisuse = 2;

void add_content_options(CLI::App& command, ContentChoice& choice) {
  command
      .add_option("--config", choice.config,
                  "The configuration; its key content.path names the content folder")
      ->capture_default_str();
  command.add_option("--content", choice.content,
                     "The content folder, whatever the configuration says");
}

void add_ask(CLI::App& app, AskOptions& options) {
  CLI::App* ask = app.add_subcommand("ask", "Answers one message and says why; stores nothing");
  add_content_options(*ask, options.content);
  ask->add_option("--site", options.site, "A municipality's id, or felles (municipality not known)")
      ->capture_default_str();
  ask->add_option("--language", options.language, "nn, nb or en; the site's own when left out");
  ask->add_option("--now", options.now, "As of this time, e.g. 2026-11-24T10:00:00+01:00");
  ask->add_flag("--json", options.json, "One line of JSON instead of text");
  ask->add_flag("--jsonl", options.jsonl,
                "Reads one JSON object a line ({\"site\",\"text\",\"session\",\"now\"}), writes "
                "one a line, in order");
  ask->add_option("message", options.words, "The message");
}

void add_check(CLI::App& app, CheckOptions& options) {
  CLI::App* check =
      app.add_subcommand("check", "Validates the content: rules, articles, local facts, texts");
  add_content_options(*check, options.content);
  check->add_flag("--json", options.json, "JSON instead of text");
}

void add_test(CLI::App& app, TestOptions& options) {
  CLI::App* test =
      app.add_subcommand("test", "Runs every rule's own examples and the regression set");
  add_content_options(*test, options.content);
  test->add_flag("--json", options.json, "JSON instead of text");
}

void add_serve(CLI::App& app, ServeOptions& options) {
  CLI::App* serve = app.add_subcommand("serve", "Runs the service until it gets SIGTERM or Ctrl-C");
  serve->add_option("--config", options.config, "The configuration")->capture_default_str();
  serve->add_option("--set", options.set,
                    "Overrides a key of the configuration, e.g. --set http.port=8081");
  serve->add_flag_callback(
      "--tls-self-signed", [&options] { options.set.push_back("http.tls=self-signed"); },
      "Speak TLS with a certificate made here: for trying out on a network");
}

Time present() {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

}  // namespace

int run_command_line(int argc, char** argv) {
  CLI::App app("Svarsentral: chat for a contact centre shared by municipalities", "svarsentral");
  app.require_subcommand(1);
  AskOptions ask;
  CheckOptions check;
  TestOptions test;
  ServeOptions serve;
  add_serve(app, serve);
  add_ask(app, ask);
  add_check(app, check);
  add_test(app, test);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& fault) {
    return app.exit(fault) == 0 ? 0 : kMisuse;
  }
  if (app.got_subcommand("serve")) return run_serve(serve);
  if (app.got_subcommand("ask")) return run_ask(ask, present(), std::cin, std::cout, std::cerr);
  if (app.got_subcommand("check")) return run_check(check, present(), std::cout, std::cerr);
  return run_test(test, present(), std::cout, std::cerr);
}

}  // namespace svar::server
