#include "kb-adapter/sources/markdown_text.h"

#include <cmark.h>

#include <algorithm>
#include <memory>

namespace svar::kb {
namespace {

constexpr int kDepthMax = 12;  // lists in lists, emphasis in links

struct FreeNode {
  void operator()(cmark_node* node) const { cmark_node_free(node); }
};
using Document = std::unique_ptr<cmark_node, FreeNode>;

std::string literal_of(cmark_node* node) {
  const char* literal = cmark_node_get_literal(node);
  return literal == nullptr ? std::string() : std::string(literal);
}

std::string trimmed_end(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  return text;
}

class PlainText {
 public:
  PlainText(int first_line, const FileReport& report) : first_line_(first_line), report_(report) {}

  int line_of(cmark_node* node) const { return cmark_node_get_start_line(node) - 1 + first_line_; }

  // The text within a block: letters, links, line breaks.
  std::string inlines(cmark_node* parent, int depth = 0) {
    std::string text;
    if (depth > kDepthMax) return text;
    for (cmark_node* node = cmark_node_first_child(parent); node != nullptr;
         node = cmark_node_next(node)) {
      text += inline_text(node, depth);
    }
    return text;
  }

  // One block; empty when it shows nothing.
  std::string block(cmark_node* node, int depth = 0) {
    if (depth > kDepthMax) {
      report_.error(line_of(node), "lists are nested too deep for a chat");
      return {};
    }
    switch (cmark_node_get_type(node)) {
      case CMARK_NODE_PARAGRAPH:
      case CMARK_NODE_HEADING:
        return inlines(node);
      case CMARK_NODE_LIST:
        return list(node, depth);
      case CMARK_NODE_CODE_BLOCK:
        return trimmed_end(literal_of(node));
      case CMARK_NODE_BLOCK_QUOTE:
        return blocks(node, "\n\n", depth + 1);
      case CMARK_NODE_THEMATIC_BREAK:
        return {};
      default:
        report_.error(line_of(node), "HTML is not shown in a chat; write it as Markdown");
        return {};
    }
  }

 private:
  std::string inline_text(cmark_node* node, int depth) {
    switch (cmark_node_get_type(node)) {
      case CMARK_NODE_TEXT:
      case CMARK_NODE_CODE:
        return literal_of(node);
      case CMARK_NODE_SOFTBREAK:
        return " ";
      case CMARK_NODE_LINEBREAK:
        return "\n";
      case CMARK_NODE_EMPH:
      case CMARK_NODE_STRONG:
        return inlines(node, depth + 1);
      case CMARK_NODE_LINK:
        return link(node, depth);
      default:
        break;
    }
    cmark_node* above = cmark_node_parent(node);
    while (above != nullptr && cmark_node_get_start_line(above) == 0)
      above = cmark_node_parent(above);
    report_.error(above != nullptr ? line_of(above) : first_line_,
                  "HTML and pictures are not shown in a chat; write it as text");
    return {};
  }

  std::string link(cmark_node* node, int depth) {
    const std::string label = inlines(node, depth + 1);
    std::string url = cmark_node_get_url(node);
    if (label == url || "mailto:" + label == url) return label;
    return label + " (" + url + ")";
  }

  std::string blocks(cmark_node* parent, const char* between, int depth) {
    std::string text;
    for (cmark_node* node = cmark_node_first_child(parent); node != nullptr;
         node = cmark_node_next(node)) {
      const std::string one = block(node, depth);
      if (!one.empty()) text += (text.empty() ? "" : between) + one;
    }
    return text;
  }

  std::string list(cmark_node* node, int depth) {
    const bool ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
    int number = ordered ? cmark_node_get_list_start(node) : 0;
    std::string text;
    for (cmark_node* item = cmark_node_first_child(node); item != nullptr;
         item = cmark_node_next(item)) {
      if (!text.empty()) text += '\n';
      text += std::string(static_cast<std::size_t>(depth), ' ');
      text += ordered ? std::to_string(number++) + ". " : std::string("– ");
      text += blocks(item, "\n", depth + 2);
    }
    return text;
  }

  int first_line_;
  const FileReport& report_;
};

// Puts blocks into the body they belong to, as headings come by.
class BodyBuilder {
 public:
  explicit BodyBuilder(const FileReport& report) : report_(report) {}

  void heading(int level, const std::string& name, int line) {
    if (level == 1) {
      section_ = nullptr;
      body_ = nullptr;
      if (name != "nn" && name != "nb" && name != "en") {
        report_.error(line, "«# " + name + "»: a language is expected here: # nn, # nb or # en");
      } else if (bodies_.contains(name)) {
        report_.error(line, "«# " + name + "» stands here for the second time");
      } else {
        body_ = &bodies_[name];
      }
      return;
    }
    if (body_ == nullptr) return;
    const bool known = std::any_of(body_->sections.begin(), body_->sections.end(),
                                   [&](const Section& section) { return section.name == name; });
    if (known)
      report_.error(line, "«## " + name + "» stands here for the second time in this language");
    section_ = &body_->sections.emplace_back(Section{name, {}});
  }

  void text(const std::string& text, int line) {
    if (text.empty()) return;
    if (body_ == nullptr) {
      report_.error(line, "text outside a language; begin with # nn");
      return;
    }
    std::string& into = section_ != nullptr ? section_->text : body_->short_answer;
    into += (into.empty() ? "" : "\n\n") + text;
  }

  std::map<std::string, Body> take() {
    for (auto& [language, body] : bodies_) {
      std::erase_if(body.sections, [](const Section& section) { return section.text.empty(); });
    }
    return std::move(bodies_);
  }

 private:
  const FileReport& report_;
  std::map<std::string, Body> bodies_;
  Body* body_ = nullptr;
  Section* section_ = nullptr;
};

}  // namespace

std::map<std::string, Body> parse_bodies(const std::string& markdown, int first_line,
                                         const FileReport& report) {
  const Document document(cmark_parse_document(markdown.data(), markdown.size(),
                                               CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8));
  PlainText plain(first_line, report);
  BodyBuilder builder(report);
  for (cmark_node* node = cmark_node_first_child(document.get()); node != nullptr;
       node = cmark_node_next(node)) {
    const int line = plain.line_of(node);
    if (cmark_node_get_type(node) == CMARK_NODE_HEADING &&
        cmark_node_get_heading_level(node) <= 2) {
      builder.heading(cmark_node_get_heading_level(node), plain.inlines(node), line);
    } else {
      builder.text(plain.block(node), line);
    }
  }
  return builder.take();
}

}  // namespace svar::kb
