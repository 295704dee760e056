#include "bot/store/delivery/sqlite_delivery_store.h"

#include <array>

namespace svar::store {
namespace {

using service::Contact;
using service::DeliveryRow;
using service::DeliveryState;
using service::StoreError;
using Written = Result<Done, SqliteError>;

// Every state of a message of ours, in the order in which receipts raise it.
constexpr std::string_view kRankOfState =
    "CASE state WHEN 'failed' THEN 4 WHEN 'read' THEN 3 WHEN 'delivered' THEN 2 ELSE 1 END";

std::int64_t milliseconds(Time at) {
  return at.time_since_epoch().count();
}

std::string owner_of(ConversationId conversation) {
  return "contact " + std::to_string(conversation.value);
}

std::int64_t number_of(service::Rank rank) {
  return static_cast<std::int64_t>(rank) + 1;
}

std::string_view state_of(service::Rank rank) {
  static constexpr std::array kStates = {DeliveryState::sent, DeliveryState::delivered,
                                         DeliveryState::read, DeliveryState::failed};
  return code(kStates.at(static_cast<std::size_t>(rank)));
}

template <class... Values>
Written run(Connection& connection, const std::string& sql, const Values&... values) {
  auto statement = connection.prepare(sql);
  if (!statement) return Failure{statement.error()};
  return statement->run(values...);
}

// Runs one change; sealing is done before, so that a second run writes the same.
struct Write {
  Connection& connection;

  Written operator()(const service::ContactSeen& seen) {
    return run(connection,
               "INSERT INTO contact(conversation, channel, address, expanded) VALUES(?1, ?2, ?3, 0)"
               " ON CONFLICT(conversation) DO UPDATE SET channel=?2, address=?3",
               seen.conversation.value, seen.channel, seen.address);
  }

  // Nothing where the contact was forgotten meanwhile.
  Written operator()(const service::PartsAdded& added) {
    for (const service::PartKey& key : added.parts) {
      auto done = run(connection,
                      "INSERT OR IGNORE INTO delivery SELECT conversation, ?2, ?3, channel,"
                      " 'pending', '', '', ?4 FROM contact WHERE conversation=?1",
                      key.conversation.value, key.seq.value, key.part, milliseconds(added.at));
      if (!done) return done;
    }
    return run(connection, "UPDATE contact SET expanded=?2 WHERE conversation=?1 AND expanded<?2",
               added.conversation.value, added.expanded.value);
  }

  Written operator()(const service::PartMoved& moved) {
    // An echo or a receipt may have come before the outcome of the call.
    const std::string only =
        moved.to == DeliveryState::sent        ? " AND state IN ('pending','sending','uncertain')"
        : moved.to == DeliveryState::uncertain ? " AND state IN ('pending','sending')"
                                               : "";
    return run(connection,
               "UPDATE delivery SET state=?4, message=CASE WHEN ?5='' THEN message ELSE ?5 END,"
               " why=?6, changed_at=?7 WHERE conversation=?1 AND seq=?2 AND part=?3" +
                   only,
               moved.key.conversation.value, moved.key.seq.value, moved.key.part, code(moved.to),
               moved.message, moved.why, milliseconds(moved.at));
  }

  Written operator()(const service::ReceiptNoted& receipt) {
    if (receipt.message.empty()) return Done{};
    return run(connection,
               "UPDATE delivery SET state=?3, why=?4 WHERE channel=?1 AND message=?2"
               " AND message<>'' AND " +
                   std::string{kRankOfState} + "<?5",
               receipt.channel, receipt.message, state_of(receipt.rank), receipt.why,
               number_of(receipt.rank));
  }

  Written operator()(const service::ReceiptUpToNoted& receipt) {
    return run(connection,
               "UPDATE delivery SET state=?3 WHERE conversation=?1 AND changed_at<=?2"
               " AND state IN ('sent','delivered','read') AND " +
                   std::string{kRankOfState} + "<?4",
               receipt.conversation.value, milliseconds(receipt.watermark), state_of(receipt.rank),
               number_of(receipt.rank));
  }

  Written operator()(const service::EchoNoted& echo) {
    return run(connection,
               "UPDATE delivery SET state=CASE WHEN state IN ('sending','uncertain') THEN 'sent'"
               " ELSE state END, message=CASE WHEN ?4='' THEN message ELSE ?4 END"
               " WHERE conversation=?1 AND seq=?2 AND part=?3",
               echo.key.conversation.value, echo.key.seq.value, echo.key.part, echo.message);
  }

  Written operator()(const service::GivenUp& given_up) {
    return run(connection,
               "UPDATE delivery SET state='failed', why=?2, changed_at=?3"
               " WHERE conversation=?1 AND state='pending'",
               given_up.conversation.value, given_up.why, milliseconds(given_up.at));
  }

  Written operator()(const service::Forgotten& forgotten) {
    auto rows =
        run(connection, "DELETE FROM delivery WHERE conversation=?1", forgotten.conversation.value);
    if (!rows) return rows;
    return run(connection, "DELETE FROM contact WHERE conversation=?1",
               forgotten.conversation.value);
  }
};

// What was erased before its address could be forgotten, or came back with a restored copy.
Written forget_erased(Connection& connection) {
  static const std::string kErased =
      " WHERE conversation IN (SELECT conversation FROM log"
      " WHERE name IN ('Erased','Redacted') AND name='Erased')";
  auto rows = run(connection, "DELETE FROM delivery" + kErased);
  return rows ? run(connection, "DELETE FROM contact" + kErased) : rows;
}

Written find_unfinished(Connection& connection, std::vector<ConversationId>& found) {
  found.clear();
  auto query = connection.prepare(
      "SELECT contact.conversation FROM contact JOIN conversation ON number=contact.conversation"
      " WHERE last_seq>expanded"
      " UNION SELECT conversation FROM delivery WHERE state IN"
      " ('pending','sending','uncertain')");
  if (!query) return Failure{query.error()};
  while (true) {
    auto step = query->step();
    if (!step) return Failure{step.error()};
    if (*step == Step::done) return Done{};
    found.push_back(ConversationId{query->integer(0)});
  }
}

Written find_contact(Connection& connection, ConversationId conversation,
                     service::DeliveryStore::Found& found) {
  auto query =
      connection.prepare("SELECT channel, address, expanded FROM contact WHERE conversation=?1");
  if (!query) return Failure{query.error()};
  auto step = query->bind(conversation.value).step();
  if (!step) return Failure{step.error()};
  if (*step == Step::row) {
    found.contact =
        Contact{std::string{query->text(0)}, std::string{query->text(1)}, Seq{query->integer(2)}};
  }
  return Done{};
}

Written find_rows(Connection& connection, ConversationId conversation,
                  std::vector<DeliveryRow>& rows) {
  auto query = connection.prepare(
      "SELECT seq, part, state, message, why, changed_at FROM delivery WHERE conversation=?1"
      " ORDER BY seq, part");
  if (!query) return Failure{query.error()};
  query->bind(conversation.value);
  while (true) {
    auto step = query->step();
    if (!step) return Failure{step.error()};
    if (*step == Step::done) return Done{};
    DeliveryRow row;
    row.key = {conversation, Seq{query->integer(0)}, static_cast<int>(query->integer(1))};
    row.state =
        service::delivery_state_from_code(query->text(2)).value_or(DeliveryState::uncertain);
    row.message = query->text(3);
    row.why = query->text(4);
    row.changed_at = Time{std::chrono::milliseconds{query->integer(5)}};
    rows.push_back(std::move(row));
  }
}

}  // namespace

void SqliteDeliveryStore::begin(
    Time now, std::function<void(Result<std::vector<ConversationId>, StoreError>)> done) {
  auto found = std::make_shared<std::vector<ConversationId>>();
  log_.write(
      [found, now](Connection& connection) -> Written {
        auto forgotten = forget_erased(connection);
        if (!forgotten) return forgotten;
        auto unsure = run(connection,
                          "UPDATE delivery SET state='uncertain', why='interrupted', changed_at=?1"
                          " WHERE state='sending'",
                          milliseconds(now));
        return unsure ? find_unfinished(connection, *found) : unsure;
      },
      [found, done = std::move(done)](const Result<Done, StoreError>& written) {
        if (!written) return done(Failure{written.error()});
        done(std::move(*found));
      });
}

void SqliteDeliveryStore::find(ConversationId conversation,
                               std::function<void(Result<Found, StoreError>)> done) {
  auto found = std::make_shared<Found>();
  log_.write(
      [found, conversation](Connection& connection) -> Written {
        *found = {};
        auto contact = find_contact(connection, conversation, *found);
        return contact ? find_rows(connection, conversation, found->rows) : contact;
      },
      [this, found, conversation, done = std::move(done)](const Result<Done, StoreError>& read) {
        if (!read) return done(Failure{read.error()});
        if (found->contact) {
          auto address = unseal(key_, owner_of(conversation), found->contact->address);
          if (address) {
            found->contact->address = std::move(*address);
          } else {
            found->contact.reset();
          }
        }
        done(std::move(*found));
      });
}

void SqliteDeliveryStore::write(service::DeliveryChange change,
                                std::function<void(std::optional<StoreError>)> done) {
  if (auto* seen = std::get_if<service::ContactSeen>(&change))
    seen->address = seal(key_, owner_of(seen->conversation), seen->address);
  log_.write([change = std::move(change)](
                 Connection& connection) { return std::visit(Write{connection}, change); },
             [done = std::move(done)](const Result<Done, StoreError>& written) {
               done(written ? std::nullopt : std::optional{written.error()});
             });
}

}  // namespace svar::store
