// How the values inside events are spelled in the log. As with the events themselves, a member may
// be added at the end, and nothing may be renamed.
#pragma once

#include "bot/domain/event.h"

namespace svar::store {

template <class T>
struct Shape;

template <>
struct Shape<Choice> {
  static void fields(auto& field, auto& choice) {
    field("id", choice.id);
    field("label", choice.label);
  }
};

template <>
struct Shape<Link> {
  static void fields(auto& field, auto& link) {
    field("label", link.label);
    field("url", link.url);
    field("sample", link.sample);
  }
};

template <>
struct Shape<Span> {
  static void fields(auto& field, auto& span) {
    field("begin", span.begin);
    field("end", span.end);
  }
};

template <>
struct Shape<Candidate> {
  static void fields(auto& field, auto& candidate) {
    field("article", candidate.article);
    field("score", candidate.score);
    field("how", candidate.how);
    field("lost", candidate.lost);
  }
};

template <>
struct Shape<Reading> {
  static void fields(auto& field, auto& reading) {
    field("original", reading.original);
    field("as", reading.as);
    field("how", reading.how);
  }
};

template <>
struct Shape<Explanation> {
  static void fields(auto& field, auto& because) {
    field("how", because.how);
    field("rule", because.rule);
    field("matched", because.matched);
    field("candidates", because.candidates);
    field("municipality_from", because.municipality_from);
    field("language_from", because.language_from);
    field("readings", because.readings);
    field("in_scope", because.in_scope);
    field("in_scope_min", because.in_scope_min);
  }
};

template <>
struct Shape<FormValue> {
  static void fields(auto& field, auto& value) {
    field("field", value.field);
    field("seq", value.seq);
    field("span", value.span);
    field("option", value.option);
    field("skipped", value.skipped);
  }
};

template <>
struct Shape<FormProgress> {
  static void fields(auto& field, auto& progress) {
    field("form", progress.form);
    field("stage", progress.stage);
    field("asks", progress.asks);
    field("filled", progress.filled);
    field("topics", progress.topics);
    field("municipality", progress.municipality);
    field("reference", progress.reference);
    field("failures", progress.failures);
    field("asides", progress.asides);
    field("turns", progress.turns);
  }
};

}  // namespace svar::store
