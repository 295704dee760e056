// ExampleModel as bytes: a name with a version, sections of counted numbers, a checksum. Numbers
// are little-endian.
#include <algorithm>
#include <bit>
#include <cstring>
#include <type_traits>

#include "intents/model/example_model.h"
#include "intents/model/hashing.h"

namespace svar::intents {
namespace {

static_assert(std::endian::native == std::endian::little, "numbers are written as they stand");
constexpr std::string_view kName = "svarsentral example model 3\n";

class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}

  template <class T>
  void number(T value) {
    static_assert(std::is_trivially_copyable_v<T>);
    out_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  template <class T>
  void numbers(const std::vector<T>& values) {
    static_assert(std::is_trivially_copyable_v<T>);
    number<std::uint64_t>(values.size());
    out_.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
  }
  void text(std::string_view text) {
    number<std::uint64_t>(text.size());
    out_.append(text);
  }

 private:
  std::string& out_;
};

// Reads what Writer wrote. After the first fault everything read is empty and `good` is false.
class Reader {
 public:
  explicit Reader(std::string_view in) : in_(in) {}

  template <class T>
  T number() {
    T value{};
    if (const char* bytes = take(sizeof value)) std::memcpy(&value, bytes, sizeof value);
    return value;
  }
  template <class T>
  std::vector<T> numbers() {
    const std::size_t count = counted(sizeof(T));
    std::vector<T> values(count);
    if (const char* bytes = take(count * sizeof(T)); bytes && count > 0) {
      std::memcpy(values.data(), bytes, count * sizeof(T));
    }
    return values;
  }
  std::string text() {
    const std::size_t size = counted(1);
    const char* bytes = take(size);
    return bytes ? std::string(bytes, size) : std::string();
  }
  // How many follow; no more than there are bytes for, each at least `size`.
  std::size_t counted(std::size_t size) {
    const auto count = number<std::uint64_t>();
    if (count > in_.size() / size) good_ = false;
    return good_ ? static_cast<std::size_t>(count) : 0;
  }
  bool good() const { return good_; }
  bool ended() const { return in_.empty(); }

 private:
  const char* take(std::size_t size) {
    if (size > in_.size()) good_ = false;
    if (!good_) return nullptr;
    const char* bytes = in_.data();
    in_.remove_prefix(size);
    return bytes;
  }

  std::string_view in_;
  bool good_ = true;
};

std::uint64_t checksum(std::string_view bytes) {
  std::uint64_t hash = kHashStart;
  while (bytes.size() >= 8) {
    std::uint64_t eight;
    std::memcpy(&eight, bytes.data(), 8);
    hash = spread(hash ^ eight);
    bytes.remove_prefix(8);
  }
  return spread(hash_bytes(bytes, hash));
}

void write(Writer& writer, const Weights& weights) {
  writer.numbers(weights.bias());
  writer.numbers(weights.scales());
  writer.numbers(weights.cells());
}

Weights read_weights(Reader& reader) {
  auto bias = reader.numbers<float>();
  auto scales = reader.numbers<float>();
  auto cells = reader.numbers<std::int8_t>();
  const std::size_t columns = bias.size();
  return Weights(columns, std::move(scales), std::move(cells), std::move(bias));
}

void write(Writer& writer, const Thresholds& thresholds) {
  writer.number<std::uint8_t>(thresholds.fitted);
  writer.number(thresholds.gate);
  writer.number(thresholds.gate_bias);
  writer.number(thresholds.temperature);
  writer.number(thresholds.accept);
  writer.number(thresholds.clear);
  writer.number(thresholds.alarm);
  writer.numbers(thresholds.accept_curve);
  writer.numbers(thresholds.clear_curve);
  writer.numbers(thresholds.alarm_curve);
  writer.number(thresholds.held_out);
  writer.number(thresholds.held_out_out_of_scope);
}

Thresholds read_thresholds(Reader& reader) {
  Thresholds thresholds;
  thresholds.fitted = reader.number<std::uint8_t>() != 0;
  thresholds.gate = reader.number<GateInputs>();
  thresholds.gate_bias = reader.number<double>();
  thresholds.temperature = reader.number<double>();
  thresholds.accept = reader.number<double>();
  thresholds.clear = reader.number<double>();
  thresholds.alarm = reader.number<double>();
  thresholds.accept_curve = reader.numbers<Thresholds::AcceptPoint>();
  thresholds.clear_curve = reader.numbers<Thresholds::ClearPoint>();
  thresholds.alarm_curve = reader.numbers<Thresholds::AlarmPoint>();
  thresholds.held_out = reader.number<std::uint32_t>();
  thresholds.held_out_out_of_scope = reader.number<std::uint32_t>();
  return thresholds;
}

bool fits(const Weights& weights, std::size_t labels, std::size_t rows) {
  return weights.columns() == labels && weights.scales().size() <= rows &&
         weights.cells().size() == weights.scales().size() * Weights::stride(labels);
}

bool ascends(const std::vector<std::uint32_t>& numbers, std::size_t size, std::size_t last) {
  if (numbers.size() != size || numbers.front() != 0 || numbers.back() != last) return false;
  for (std::size_t i = 0; i + 1 < size; ++i) {
    if (numbers[i] > numbers[i + 1]) return false;
  }
  return true;
}

bool fits(const Nearest& nearest, std::size_t labels, std::size_t rows) {
  if (nearest.examples().size() != labels + 1) return false;
  const std::uint32_t examples = nearest.examples().back();
  if (examples >= Nearest::kExamplesMax) return false;
  if (!ascends(nearest.examples(), labels + 1, examples)) return false;
  if (!ascends(nearest.begins(), rows + 1, nearest.postings().size())) return false;
  for (const Nearest::Posting& posting : nearest.postings()) {
    if (posting.example >= examples) return false;
  }
  return true;
}

// Lengths that a message can be read with.
bool readable(const HyperParameters& parameters) {
  return parameters.letters_shortest >= 1 &&
         parameters.letters_shortest <= parameters.letters_longest &&
         parameters.letters_longest <= 10;
}

bool whole(const ExampleModel::Parts& parts) {
  if (!readable(parts.parameters)) return false;
  const std::size_t labels = parts.labels.size();
  const std::size_t rows = parts.features.size();
  for (std::size_t l = 0; l + 1 < labels; ++l) {
    if (parts.labels[l] >= parts.labels[l + 1]) return false;
  }
  return fits(parts.one_against_rest, labels, rows) && fits(parts.softmax, labels, rows) &&
         fits(parts.nearest, labels, rows);
}

}  // namespace

void ExampleModel::save(std::string& out) const {
  out = kName;
  Writer writer(out);
  const std::vector<NamedNumber> numbers = listed(parts_.parameters);
  writer.number<std::uint64_t>(numbers.size());
  for (const NamedNumber& one : numbers) {
    writer.text(one.name);
    writer.number(one.value);
  }
  writer.number<std::uint64_t>(parts_.labels.size());
  for (const std::string& label : parts_.labels) writer.text(label);
  const auto forms = parts_.forms.sorted();
  writer.number<std::uint64_t>(forms.size());
  for (const auto& [form, word] : forms) {
    writer.text(form);
    writer.text(word);
  }
  writer.number<std::uint64_t>(parts_.features.size());
  for (const FeatureTable::Row& row : parts_.features.rows()) {
    writer.number(row.key);
    writer.number(row.idf);
  }
  writer.number<std::uint64_t>(parts_.near_words->words().size());
  for (const std::string& word : parts_.near_words->words()) writer.text(word);
  write(writer, parts_.one_against_rest);
  write(writer, parts_.softmax);
  writer.numbers(parts_.nearest.begins());
  writer.numbers(parts_.nearest.postings());
  writer.numbers(parts_.nearest.examples());
  write(writer, parts_.thresholds);
  append_checksum(out);
}

void ExampleModel::append_checksum(std::string& out) {
  const std::uint64_t sum = checksum(out);
  Writer(out).number(sum);
}

std::string ExampleModel::digest() const {
  std::string saved;
  save(saved);
  return hex(checksum(saved));
}

Result<ExampleModel, ModelDamaged> ExampleModel::load(std::string_view saved) {
  if (!saved.starts_with(kName)) return Failure{ModelDamaged{"not a model of this version"}};
  if (saved.size() < kName.size() + 8) return Failure{ModelDamaged{"cut off"}};
  std::uint64_t sum;
  std::memcpy(&sum, saved.data() + saved.size() - 8, 8);
  saved.remove_suffix(8);
  if (sum != checksum(saved)) return Failure{ModelDamaged{"the checksum differs"}};

  Reader reader(saved.substr(kName.size()));
  Parts parts;
  for (std::size_t left = reader.counted(16); left > 0; --left) {
    const std::string name = reader.text();
    if (!set(parts.parameters, name, reader.number<double>())) {
      return Failure{ModelDamaged{"an unknown parameter: " + name}};
    }
  }
  for (std::size_t left = reader.counted(8); left > 0; --left) {
    parts.labels.push_back(reader.text());
  }
  for (std::size_t left = reader.counted(16); left > 0; --left) {
    std::string form = reader.text();
    parts.forms.add(std::move(form), reader.text());
  }
  std::vector<FeatureTable::Row> rows(reader.counted(12));
  for (FeatureTable::Row& row : rows) {
    row.key = reader.number<std::uint64_t>();
    row.idf = reader.number<float>();
  }
  parts.features = FeatureTable(std::move(rows));
  std::vector<std::string> words(reader.counted(8));
  for (std::string& word : words) word = reader.text();
  if (!std::all_of(words.begin(), words.end(), NearWords::may_be_meant)) {
    return Failure{ModelDamaged{"a word of wrong size"}};
  }
  parts.near_words = std::make_shared<const NearWords>(std::move(words));
  parts.one_against_rest = read_weights(reader);
  parts.softmax = read_weights(reader);
  auto begins = reader.numbers<std::uint32_t>();
  auto postings = reader.numbers<Nearest::Posting>();
  parts.nearest = Nearest(std::move(begins), std::move(postings), reader.numbers<std::uint32_t>());
  parts.thresholds = read_thresholds(reader);
  if (!reader.good() || !reader.ended()) return Failure{ModelDamaged{"sections of wrong size"}};
  if (!whole(parts)) return Failure{ModelDamaged{"sections that don't fit together"}};
  return ExampleModel(std::move(parts));
}

}  // namespace svar::intents
