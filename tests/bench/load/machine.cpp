#include "tests/bench/load/machine.h"

#include <sys/resource.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <sstream>

namespace svar::bench {

namespace {

std::string contents(const std::string& file) {
  std::ifstream in{file};
  return {std::istreambuf_iterator<char>(in), {}};
}

double ticks_as_seconds(double ticks) {
  return ticks / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

std::int64_t kilobytes_after(const std::string& status, const std::string& key) {
  const auto found = status.find(key);
  return found == std::string::npos ? 0 : 1024 * std::atoll(status.c_str() + found + key.size());
}

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

}  // namespace

ProcessFigures process_figures(pid_t pid) {
  const std::string folder = "/proc/" + std::to_string(pid);
  const std::string stat = contents(folder + "/stat");
  const auto name_end = stat.rfind(')');
  if (name_end == std::string::npos) return {};
  // The fields after the name, the third and on: proc(5).
  std::istringstream fields{stat.substr(name_end + 1)};
  std::string field;
  double user = 0;
  double system = 0;
  ProcessFigures result;
  for (int number = 3; number <= 20 && fields >> field; ++number) {
    if (number == 14) user = std::stod(field);
    if (number == 15) system = std::stod(field);
    if (number == 20) result.threads = std::stoi(field);
  }
  result.cpu_seconds = ticks_as_seconds(user + system);
  const std::string status = contents(folder + "/status");
  result.resident_bytes = kilobytes_after(status, "VmRSS:");
  result.resident_bytes_max = kilobytes_after(status, "VmHWM:");
  return result;
}

double own_cpu_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

MachineFigures machine_figures() {
  std::ifstream in{"/proc/stat"};
  std::string cpu;
  double user = 0, nice = 0, system = 0, idle = 0, waiting = 0, hard = 0, soft = 0, stolen = 0;
  in >> cpu >> user >> nice >> system >> idle >> waiting >> hard >> soft >> stolen;
  return {ticks_as_seconds(user + nice + system + hard + soft), ticks_as_seconds(stolen)};
}

SyncFigures sync_figures(const std::filesystem::path& file) {
  SyncFigures result;
  if (file.empty()) return result;
  std::ifstream in{file, std::ios::binary};
  in.read(reinterpret_cast<char*>(&result), sizeof result);
  return result;
}

}  // namespace svar::bench
