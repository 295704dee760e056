#include "tests/bench/load/report.h"

#include <cmath>

namespace svar::bench {

namespace {

using nlohmann::ordered_json;

double rounded(double value, double steps) {
  return std::round(value * steps) / steps;
}

ordered_json server_json(const LoadSettings& settings, const LoadResult& result, double seconds) {
  if (settings.pid == 0) return nullptr;
  const ProcessFigures& after = result.after.server;
  const double cpu = after.cpu_seconds - result.before.server.cpu_seconds;
  const auto turns = static_cast<double>(std::max<std::uint64_t>(result.tally.turns, 1));
  return {{"cpu_us_per_turn", rounded(cpu / turns * 1e6, 100)},
          {"cores", rounded(cpu / seconds, 1000)},
          {"threads", after.threads},
          {"resident_bytes_before", result.unconnected.resident_bytes},
          {"resident_bytes_connected", result.connected.resident_bytes},
          {"resident_bytes_after", after.resident_bytes},
          {"resident_bytes_max", after.resident_bytes_max}};
}

ordered_json disk_json(const LoadSettings& settings, const LoadResult& result) {
  if (settings.syncs.empty()) return nullptr;
  const auto syncs = result.after.syncs.syncs - result.before.syncs.syncs;
  const auto bytes = result.after.syncs.written_bytes - result.before.syncs.written_bytes;
  const auto turns = static_cast<double>(std::max<std::uint64_t>(result.tally.turns, 1));
  return {{"syncs", syncs},
          {"turns_per_sync", syncs ? rounded(turns / static_cast<double>(syncs), 100) : 0},
          {"written_bytes_per_turn", rounded(static_cast<double>(bytes) / turns, 1)}};
}

ordered_json labels_json(const Messages& messages, const Tally& tally) {
  ordered_json result = ordered_json::object();
  for (std::size_t label = 0; label < messages.labels.size(); ++label) {
    result[messages.labels[label]] = tally.labels[label];
  }
  return result;
}

// Other programs' share. The server must be known for it.
double foreign_cores(const LoadSettings& settings, const LoadResult& result, double seconds) {
  if (settings.pid == 0) return 0;
  const double ours = result.after.server.cpu_seconds - result.before.server.cpu_seconds +
                      result.after.own_cpu_seconds - result.before.own_cpu_seconds;
  const double all = result.after.machine.busy_seconds - result.before.machine.busy_seconds;
  return (all - ours) / seconds;
}

}  // namespace

ordered_json report(const std::string& dialect, const LoadSettings& settings,
                    const Messages& messages, const LoadResult& result) {
  const Tally& tally = result.tally;
  const double seconds = std::chrono::duration<double>(result.after.at - result.before.at).count();
  const double foreign = foreign_cores(settings, result, seconds);
  std::uint64_t refused = 0;
  for (const auto& [code, count] : tally.refused) refused += count;
  const std::uint64_t faults = result.stuck + tally.ended_early + refused;
  const double generator = (result.after.own_cpu_seconds - result.before.own_cpu_seconds) / seconds;
  ordered_json json = {
      {"bench", "chat_load"},
      {"dialect", dialect},
      {"loop", settings.rate > 0 ? "open" : "closed"},
      {"connections", settings.connections},
      {"turns_per_conversation", settings.turns_per_conversation},
      {"agent_held", settings.agent_held},
      {"desk_frames", result.desk_frames},
      {"desk_ends", result.desk_ends},
      {"messages_different", messages.different},
      {"seconds", rounded(seconds, 1000)},
      {"turns", tally.turns},
      {"turns_in_all", result.turns_in_all},
      {"turns_per_second", rounded(static_cast<double>(tally.turns) / seconds, 10)},
      {"reply_us", tally.reply.json()},
      {"ack_us", tally.ack.json()},
      {"welcome_us", tally.welcome.json()},
      {"conversations", tally.conversations},
      {"labels", labels_json(messages, tally)},
      {"handed_off", tally.handed_off},
      {"stuck", result.stuck},
      {"ended_early", tally.ended_early},
      {"refused", tally.refused},
      {"faults", faults},
      {"first_fault", result.first_fault},
      {"connect_seconds", rounded(result.connect_seconds, 1000)},
      {"server", server_json(settings, result, seconds)},
      {"disk", disk_json(settings, result)},
      {"generator_cores", rounded(generator, 1000)},
      {"foreign_cores", rounded(foreign, 1000)},
      {"stolen_cores",
       rounded(
           (result.after.machine.stolen_seconds - result.before.machine.stolen_seconds) / seconds,
           1000)},
      {"void", foreign >= kForeignCoresMax}};
  if (foreign >= kForeignCoresMax) {
    json["void_because"] = "other programs took " + std::to_string(foreign).substr(0, 4) +
                           " cores; at most " + std::to_string(kForeignCoresMax).substr(0, 3);
  }
  return json;
}

}  // namespace svar::bench
