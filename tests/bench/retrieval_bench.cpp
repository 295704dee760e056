// How well and how fast the search over articles finds what a question is about. Prints one JSON
// object.
//   retrieval_bench --docs FILE --queries FILE | --labels FILE
// Documents with equal text count as one. The control asks for another question's document: it must
// hardly ever be found.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <ctime>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "kb-adapter/articles/article_index.h"

namespace svar {
namespace {

using nlohmann::json;
using std::chrono::steady_clock;
using Pair = std::pair<std::string, std::string>;

constexpr std::size_t kDepth = 20;  // of a search; what is found further down counts as not found
constexpr double kControlMax = 5;   // percent

struct Collection {
  std::vector<Pair> documents;  // id, text
  std::vector<Pair> queries;    // text, id
};

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream in(line);
  for (std::string cell; std::getline(in, cell, '\t');) cells.push_back(cell);
  return cells;
}

std::vector<Pair> read_pairs(const std::string& file) {
  std::vector<Pair> pairs;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    const auto cells = cells_of(line);
    if (cells.size() >= 2) pairs.emplace_back(cells[0], cells[1]);
  }
  return pairs;
}

Collection read_collection(const std::string& docs, const std::string& queries) {
  Collection out{read_pairs(docs), read_pairs(queries)};
  std::map<std::string, std::string> by_id(out.documents.begin(), out.documents.end());
  for (auto& [text, id] : out.queries) {
    if (!by_id.contains(id) && by_id.contains(text)) text.swap(id);  // id<TAB>text
  }
  std::erase_if(out.queries, [&](const Pair& query) { return !by_id.contains(query.second); });
  return out;
}

// Bokmål labels are the documents, Nynorsk labels that are spelt differently the questions.
Collection read_labels(const std::string& file) {
  Collection out;
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  const auto names = cells_of(line);
  const auto column = [&](const char* name) {
    return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
  };
  const std::size_t nn = column("pref_nn");
  const std::size_t nb = column("pref_nb");
  while (std::getline(in, line)) {
    const auto cells = cells_of(line);
    if (cells.size() <= std::max(nn, nb)) continue;
    out.documents.emplace_back(cells[0], cells[nb]);
    if (cells[nn] != cells[nb]) out.queries.emplace_back(cells[nn], cells[0]);
  }
  return out;
}

struct Built {
  std::shared_ptr<const kb::ArticleIndex> index;
  double seconds = 0;  // of processor time
};

Built build(const std::vector<Pair>& documents) {
  std::vector<kb::Article> articles;
  for (const auto& [id, text] : documents) {
    kb::Article article;
    article.id = {id};
    article.nn.short_answer = text;
    articles.push_back(std::move(article));
  }
  const std::clock_t begin = std::clock();
  Built built{kb::ArticleIndex::build(std::move(articles), {}), 0};
  built.seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  return built;
}

// As many documents as are asked for: the given ones, then the halves of two of them put together.
std::vector<Pair> as_many_as(std::size_t count, std::vector<Pair> documents) {
  const std::size_t given = documents.size();
  const auto half = [&](std::size_t number, bool second) {
    const std::string& text = documents[number % given].second;
    const std::size_t middle = std::min(text.find(' ', text.size() / 2), text.size());
    return second ? text.substr(middle) : text.substr(0, middle);
  };
  while (documents.size() < count) {
    const std::size_t number = documents.size();
    documents.emplace_back("made-" + std::to_string(number),
                           half(number, true) + " " + half(number * 7 + 3, false));
  }
  documents.resize(count);
  return documents;
}

std::string first_words(const std::string& text, std::size_t count) {
  std::size_t end = 0;
  for (; count > 0 && end != std::string::npos; --count) end = text.find(' ', end + 1);
  return text.substr(0, end);
}

json time_queries(const kb::ArticleIndex& index, const std::vector<std::string>& queries,
                  int rounds) {
  std::vector<double> microseconds;
  for (int round = -1; round < rounds; ++round) {  // the first fills the caches
    for (const std::string& query : queries) {
      const auto begin = steady_clock::now();
      (void)index.search(query, 4);
      const auto took = steady_clock::now() - begin;
      if (round >= 0)
        microseconds.push_back(std::chrono::duration<double, std::micro>(took).count());
    }
  }
  std::sort(microseconds.begin(), microseconds.end());
  return {{"median", microseconds[microseconds.size() / 2]},
          {"p99", microseconds[microseconds.size() * 99 / 100]}};
}

// Documents with equal text have one name.
std::map<std::string, std::string> names_of(const std::vector<Pair>& documents) {
  std::map<std::string, std::string> by_text;
  std::map<std::string, std::string> names;
  for (const auto& [id, text] : documents) names[id] = by_text.emplace(text, id).first->second;
  return names;
}

json score(const kb::ArticleIndex& index, const Collection& collection, bool misses) {
  const auto names = names_of(collection.documents);
  double first = 0, in_three = 0, reciprocal = 0, control = 0;
  for (std::size_t i = 0; i < collection.queries.size(); ++i) {
    const auto& [text, id] = collection.queries[i];
    const std::string& other = collection.queries[(i + 1) % collection.queries.size()].second;
    const auto hits = index.search(text, kDepth);
    const auto found = std::find_if(hits.begin(), hits.end(), [&](const kb::ArticleHit& hit) {
      return names.at(hit.article->id.value) == names.at(id);
    });
    const auto rank = found == hits.end() ? 0 : found - hits.begin() + 1;
    first += rank == 1;
    in_three += rank >= 1 && rank <= 3;
    reciprocal += rank == 0 ? 0 : 1.0 / static_cast<double>(rank);
    control += !hits.empty() && names.at(hits[0].article->id.value) == names.at(other) &&
               names.at(other) != names.at(id);
    if (misses && rank != 1) {
      std::cerr << rank << '\t' << text << "\twanted " << id << "\tfound "
                << (hits.empty() ? "nothing" : hits[0].article->nn.short_answer.substr(0, 80))
                << '\n';
    }
  }
  const double percent = 100 / static_cast<double>(collection.queries.size());
  return {{"p_at_1", first * percent},
          {"r_at_3", in_three * percent},
          {"mrr", reciprocal * percent},
          {"control_p_at_1", control * percent}};
}

struct Wish {
  std::size_t articles = 1'000;
  std::size_t words = 5;
  int rounds = 5;
  bool misses = false;
  double p_at_1 = 0;
  double us_median = 0;  // 0: not asked for
};

int measure(const Collection& collection, const Wish& wish) {
  const Built built = build(collection.documents);
  std::vector<std::string> whole, shortened;
  for (const auto& [text, id] : collection.queries) {
    whole.push_back(text);
    shortened.push_back(first_words(text, wish.words));
  }
  json report = score(*built.index, collection, wish.misses);
  report["bench"] = "retrieval";
  report["documents"] = collection.documents.size();
  report["queries"] = collection.queries.size();
  report["us_a_query"] = time_queries(*built.index, whole, wish.rounds);
  report["bytes"] = built.index->bytes();
  report["build_cpu_seconds"] = built.seconds;
  const Built many = build(as_many_as(wish.articles, collection.documents));
  report["many"] = {{"articles", wish.articles},
                    {"words_a_query_at_most", wish.words},
                    {"us_a_query", time_queries(*many.index, shortened, wish.rounds)},
                    {"bytes", many.index->bytes()},
                    {"build_cpu_seconds", many.seconds}};
  std::cout << report.dump(1) << '\n';
  const double median = report["many"]["us_a_query"]["median"];
  const bool good = report["p_at_1"] >= wish.p_at_1 && report["control_p_at_1"] <= kControlMax &&
                    (wish.us_median == 0 || median <= wish.us_median);
  return good ? 0 : 1;
}

}  // namespace
}  // namespace svar

int main(int argc, char** argv) {
  CLI::App app{"How well and how fast the search over articles finds what a question is about."};
  std::string docs, queries, labels;
  svar::Wish wish;
  auto* const docs_option =
      app.add_option("--docs", docs, "documents: id<TAB>text")->check(CLI::ExistingFile);
  app.add_option("--queries", queries,
                 "questions: text<TAB>id of the document, or the other way round")
      ->check(CLI::ExistingFile)
      ->needs(docs_option);
  app.add_option("--labels", labels, "a table with a header: pref_nn is asked, pref_nb is found")
      ->check(CLI::ExistingFile)
      ->excludes(docs_option);
  app.add_option("--articles", wish.articles,
                 "as many are made for the second measurement of time");
  app.add_option("--words", wish.words, "how many words of each question are asked there");
  app.add_option("--rounds", wish.rounds, "how often each question is timed")
      ->check(CLI::Range(1, 1000));
  app.add_flag("--misses", wish.misses,
               "print every question whose document wasn't first, to stderr");
  app.add_option("--p-at-1", wish.p_at_1, "exit with 1 below this percentage");
  app.add_option("--us", wish.us_median,
                 "exit with 1 when the second measurement's median is above this");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  const auto collection =
      labels.empty() ? svar::read_collection(docs, queries) : svar::read_labels(labels);
  if (collection.queries.empty())
    return std::cerr << "retrieval_bench: no question has a document\n", 2;
  return svar::measure(collection, wish);
}
