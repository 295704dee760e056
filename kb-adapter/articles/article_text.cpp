#include "kb-adapter/articles/article_text.h"

#include <utility>

#include "kb-adapter/articles/compose.h"

namespace svar::kb {
namespace {

class Texts {
 public:
  void add(Field field, Language language, std::string_view text, std::string_view name = {}) {
    if (!text.empty()) all_.push_back({field, language, name, text});
  }
  void add(Field field, const Localised& text) {
    add(field, Language::nn, text.nn);
    add(field, Language::nb, text.nb);
    add(field, Language::en, text.en);
  }
  void add_sections(Language language, const Body& body) {
    for (const Section& section : body.sections)
      add(Field::section, language, section.text, section.name);
  }
  std::vector<FieldText> take() { return std::move(all_); }

 private:
  std::vector<FieldText> all_;
};

// Copies a text; in the place of each slot what `read` makes of its name and of how it is written.
template <class Read>
void each_slot(std::string_view text, std::string& out, Read read) {
  for (const std::string_view slot : slots_in(text)) {
    const std::size_t open = text.find("{{");
    const std::size_t end = text.find("}}", open) + 2;
    out += text.substr(0, open);
    out += read(slot, text.substr(open, end - open));
    text.remove_prefix(end);
  }
  out += text;
}

}  // namespace

std::vector<FieldText> texts_of(const Article& article) {
  Texts texts;
  texts.add(Field::title, article.title);
  texts.add(Field::topic, article.topic);
  texts.add(Field::short_answer, Language::nn, article.nn.short_answer);
  texts.add(Field::short_answer, Language::nb, article.nb.short_answer);
  texts.add(Field::short_answer, Language::en, article.en.short_answer);
  texts.add_sections(Language::nn, article.nn);
  texts.add_sections(Language::nb, article.nb);
  texts.add_sections(Language::en, article.en);
  texts.add(Field::around, article.unit);
  texts.add(Field::around, article.law);
  for (const ArticleLink& link : article.links) texts.add(Field::around, link.label);
  texts.add(Field::agent_note, article.agent_note);
  return texts.take();
}

std::string without_slots(std::string_view text) {
  std::string out;
  each_slot(text, out, [](std::string_view, std::string_view) { return " "; });
  return out;
}

FilledText with_facts(std::string_view text, const Municipality* municipality, Language language) {
  FilledText out;
  each_slot(text, out.text, [&](std::string_view slot, std::string_view written) {
    const auto value = slot_value(municipality, slot, language);
    if (!value) return written;
    out.sample = out.sample || value->sample;
    return value->text;
  });
  return out;
}

}  // namespace svar::kb
