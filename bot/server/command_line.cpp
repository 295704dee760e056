#include "bot/server/command_line.h"

#include <CLI/CLI.hpp>
#include <iostream>

#include "bot/server/commands/ask_command.h"
#include "bot/server/commands/audit_command.h"
#include "bot/server/commands/backup_command.h"
#include "bot/server/commands/channel_command.h"
#include "bot/server/commands/check_command.h"
#include "bot/server/commands/report_command.h"
#include "bot/server/commands/restore_command.h"
#include "bot/server/commands/serve_command.h"
#include "bot/server/commands/test_command.h"
#include "bot/server/commands/user_command.h"
#include "bot/server/commands/verify_command.h"

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
  ask->add_option("--why-not", options.why_not, "A topic's id: why the message did not lead there");
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
  check->add_flag("--matrix", options.matrix,
                  "Also every local value of each municipality: established, sample or missing");
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

void add_data_options(CLI::App& command, DataChoice& choice) {
  command
      .add_option("--config", choice.config,
                  "The configuration; its key store.path names the data folder")
      ->capture_default_str();
  command.add_option("--set", choice.set,
                     "Overrides a key of the configuration, e.g. --set store.path=/srv/svar");
}

void add_verify(CLI::App& app, VerifyOptions& options) {
  CLI::App* verify = app.add_subcommand(
      "verify",
      "Proves a data folder or a backup: every chain, sequence and row against a fresh fold, "
      "accounts, releases, digests. Only reads; the service may run");
  add_data_options(*verify, options.data);
  verify->add_option("--data", options.data.data,
                     "The data folder, or a backup, whatever the configuration says");
  verify->add_flag("--json", options.json, "JSON instead of text");
}

void add_backup(CLI::App& app, BackupOptions& options) {
  CLI::App* backup = app.add_subcommand(
      "backup",
      "Makes a verified backup in a new folder. The service may run: it copies its log itself, by "
      "steps between its commits. Run it as the service's user");
  add_data_options(*backup, options.data);
  backup->add_option("--data", options.data.data,
                     "The data folder, whatever the configuration says");
  backup->add_option("--to", options.to, "The folder of backups; backup.path when left out");
  backup->add_flag("--json", options.json, "JSON instead of text");
}

void add_restore(CLI::App& app, RestoreOptions& options) {
  CLI::App* restore = app.add_subcommand(
      "restore",
      "Makes a data folder of a backup, verified, and deletes again what was deleted after the "
      "backup was made. The service must not run. Run it as the service's user");
  add_data_options(*restore, options.data);
  restore->add_option("--from", options.from, "The backup: svarsentral-<time>")->required();
  restore->add_option("--to", options.data.data,
                      "The data folder, whatever the configuration says");
  restore->add_flag("--force", options.force, "Put aside the data that is there");
  restore->add_option("--erasures", options.erasures,
                      "A further list of what was deleted (erasures.jsonl); the one beside the "
                      "backup and the data folder's are found by themselves");
  restore->add_flag("--without-erasures", options.without_erasures,
                    "Restore although no list is found: deleted words may come back");
  restore->add_flag("--json", options.json, "JSON instead of text");
}

void add_report(CLI::App& app, ReportOptions& options) {
  CLI::App* report = app.add_subcommand(
      "report",
      "The figures of a month as CSV, two files for each municipality: by channel and by topic, with "
      "each definition above its column. Only reads; the service may run");
  add_data_options(*report, options.data);
  report->add_option("--data", options.data.data,
                     "The data folder, or a backup, whatever the configuration says");
  report->add_option("--month", options.month, "E.g. 2026-11")->required();
  report->add_option("--municipality", options.municipality, "Only this one; its id");
  report->add_option("--language", options.language, "Of names and definitions: nn, nb or en")
      ->capture_default_str();
  report->add_option("--out", options.out, "The folder for the files")->capture_default_str();
  report->add_flag("--json", options.json, "One JSON object to standard output, and no files");
}

void add_user(CLI::App& app, UserOptions& options) {
  CLI::App* user = app.add_subcommand(
      "user",
      "People and their rights. A running service knows at once. Rights are ROLE:MUNICIPALITY, "
      "with "
      "agent, editor or admin and a municipality's id or *; or system:*. Run it as the service's "
      "user");
  user->require_subcommand(1);
  const auto add = [&](const char* name, const char* what) {
    CLI::App* command = user->add_subcommand(name, what);
    add_data_options(*command, options.data);
    command->add_option("--data", options.data.data,
                        "The data folder, whatever the configuration says");
    command->add_flag("--json", options.json, "JSON instead of text");
    command->callback([&options, name] { options.act = name; });
    return command;
  };
  const auto about = [&](const char* name, const char* what) {
    CLI::App* command = add(name, what);
    command->add_option("name", options.name, "The user name")->required();
    return command;
  };
  add("list", "Everybody, with rights and state");
  for (CLI::App* command :
       {about("add", "A new account; the password is read from standard input, or made and shown"),
        about("invite", "A new account, with a link by which the person chooses a password")}) {
    command->add_option("--display-name", options.display_name,
                        "As citizens see it; the user name when left out");
    command->add_option("--right", options.rights, "E.g. agent:osteroy; again for more")
        ->required();
    command->add_flag("--password-stdin", options.password_stdin,
                      "The password is the first line of standard input");
  }
  about("roles", "Replaces all rights")
      ->add_option("--right", options.rights,
                   "E.g. agent:osteroy; again for more; none: no rights");
  about("disable", "Signs out and lets nobody in; name and rights stay");
  about("enable", "Lets in again");
  about("remove", "Removes the account; the audit log keeps what was done");
  about("reset-password", "Makes the password void and gives a link for a new one");
  about("reset-totp", "For a lost phone: the second factor is set up anew at the next log-in");
}

void add_audit(CLI::App& app, AuditOptions& options) {
  CLI::App* audit = app.add_subcommand(
      "audit",
      "Who opened which conversation, who logged in, whose rights were changed; newest first. Only "
      "reads; the service may run");
  add_data_options(*audit, options.data);
  audit->add_option("--data", options.data.data,
                    "The data folder, whatever the configuration says");
  audit->add_option("--municipality", options.municipality, "What its administrators may read");
  audit->add_option("--agent", options.agent, "Who did it, or whom it concerns");
  audit->add_option("--conversation", options.conversation, "Its number");
  audit->add_option("--kind", options.kind, "E.g. conversation_opened, sign_in_failed");
  audit->add_option("--from", options.from,
                    "At or after this time, e.g. 2026-11-24T00:00:00+01:00");
  audit->add_option("--until", options.until, "Before this time");
  CLI::Option* json = audit->add_flag("--json", options.json, "One JSON object a line");
  audit->add_flag("--csv", options.csv, "CSV with a header line")->excludes(json);
}

void add_channel(CLI::App& app, ChannelOptions& options) {
  CLI::App* channel = app.add_subcommand("channel", "Attached accounts of messaging platforms");
  channel->require_subcommand(1);
  CLI::App* check = channel->add_subcommand(
      "check",
      "What is attached, reachable, subscribed and expiring, asked of the platforms; changes "
      "nothing, and the service may run");
  add_data_options(*check, options.data);
  check->add_flag("--json", options.json, "JSON instead of text");
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
  VerifyOptions verify;
  BackupOptions backup;
  RestoreOptions restore;
  ReportOptions report;
  UserOptions user;
  AuditOptions audit;
  ChannelOptions channel;
  add_serve(app, serve);
  add_ask(app, ask);
  add_check(app, check);
  add_test(app, test);
  add_verify(app, verify);
  add_backup(app, backup);
  add_restore(app, restore);
  add_report(app, report);
  add_user(app, user);
  add_audit(app, audit);
  add_channel(app, channel);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& fault) {
    return app.exit(fault) == 0 ? 0 : kMisuse;
  }
  if (app.got_subcommand("serve")) return run_serve(serve);
  if (app.got_subcommand("ask")) return run_ask(ask, present(), std::cin, std::cout, std::cerr);
  if (app.got_subcommand("verify")) return run_verify(verify, std::cout, std::cerr);
  if (app.got_subcommand("backup")) return run_backup(backup, present(), std::cout, std::cerr);
  if (app.got_subcommand("restore")) return run_restore(restore, present(), std::cout, std::cerr);
  if (app.got_subcommand("report")) return run_report(report, std::cout, std::cerr);
  if (app.got_subcommand("user")) return run_user(user, std::cin, std::cout, std::cerr);
  if (app.got_subcommand("audit")) return run_audit(audit, std::cout, std::cerr);
  if (app.got_subcommand("channel")) {
    return run_channel_check(channel, present(), std::cout, std::cerr);
  }
  if (app.got_subcommand("check")) return run_check(check, present(), std::cout, std::cerr);
  return run_test(test, present(), std::cout, std::cerr);
}

}  // namespace svar::server
