#include "grpc/handlers.h"
#include "grpc/serving.h"
#include "radyab/v1/export_service.pb.h"
#include "registry/catalog_export.h"
#include "registry/reason.h"

namespace radyab::rpc {
namespace {

using Answer = absl::FunctionRef<absl::Status(const v1::ExportRowsResponse&)>;
using Aliases = std::vector<v1::Alias>;

constexpr int kRowsOfMessage = 200;
constexpr std::size_t kBytesOfMessage = std::size_t{256} << 10;

// Gathers rows into messages of some size.
class Rows {
 public:
  Rows(std::uint64_t commit_sequence, Answer answer) : answer_(answer) {
    part_.set_commit_sequence(static_cast<std::int64_t>(commit_sequence));
  }

  v1::ExportRowsResponse& part() { return part_; }

  // Called after each row was added to part().
  absl::Status Added(std::size_t bytes) {
    ++row_count_;
    ++rows_;
    bytes_ += bytes;
    return rows_ < kRowsOfMessage && bytes_ < kBytesOfMessage ? absl::OkStatus() : Send();
  }

  absl::Status End() {
    part_.set_row_count(row_count_);
    return answer_(part_);
  }

 private:
  absl::Status Send() {
    auto status = answer_(part_);
    const std::int64_t sequence = part_.commit_sequence();
    part_.Clear();
    part_.set_commit_sequence(sequence);
    rows_ = 0;
    bytes_ = 0;
    return status;
  }

  Answer answer_;
  v1::ExportRowsResponse part_;
  int rows_ = 0;
  std::size_t bytes_ = 0;
  std::int64_t row_count_ = 0;
};

template <class Row>
absl::Status AddRow(Rows& rows, Row& row, const Aliases& aliases) {
  for (const v1::Alias& alias : aliases) *row.add_aliases() = alias;
  return rows.Added(row.ByteSizeLong());
}

absl::Status AddAliases(Rows& rows, const std::string& code, const Aliases& aliases) {
  for (const v1::Alias& alias : aliases) {
    v1::AddAliasRequest& row = *rows.part().add_aliases();
    row.set_code(code);
    *row.mutable_alias() = alias;
    if (auto status = rows.Added(row.ByteSizeLong()); !status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status ExportAliases(storage::ReadTransaction& transaction, const ExportWanted& wanted,
                           Rows& rows) {
  const auto add = [&](const auto& bearer, const Aliases& aliases) {
    return AddAliases(rows, bearer.code(), aliases);
  };
  auto status = ExportItems(transaction, wanted, add);
  if (status.ok()) status = ExportServices(transaction, wanted, add);
  const bool reads_parties = wanted.caller.role != v1::ROLE_REGISTRAR;
  return status.ok() && reads_parties ? ExportParties(transaction, wanted, add) : status;
}

absl::Status ExportKindOf(storage::ReadTransaction& transaction, const ExportWanted& wanted,
                          v1::ExportKind kind, Rows& rows) {
  switch (kind) {
    case v1::EXPORT_KIND_MEMBERS:
      return ExportMembers(transaction, [&](const v1::Member& member) {
        auto& row = *rows.part().add_members();
        *row.mutable_member() = member;
        return rows.Added(row.ByteSizeLong());
      });
    case v1::EXPORT_KIND_CLASSES:
      return ExportClasses(transaction, [&](const v1::Class& node) {
        auto& row = *rows.part().add_classes();
        *row.mutable_class_node() = node;
        return rows.Added(row.ByteSizeLong());
      });
    case v1::EXPORT_KIND_ITEMS:
      return ExportItems(transaction, wanted, [&](const v1::Item& item, const Aliases& aliases) {
        auto& row = *rows.part().add_items();
        *row.mutable_item() = item;
        return AddRow(rows, row, aliases);
      });
    case v1::EXPORT_KIND_SERVICES:
      return ExportServices(transaction, wanted,
                            [&](const v1::Service& service, const Aliases& aliases) {
                              auto& row = *rows.part().add_services();
                              *row.mutable_service() = service;
                              return AddRow(rows, row, aliases);
                            });
    case v1::EXPORT_KIND_PARTIES:
      return ExportParties(transaction, wanted,
                           [&](const v1::Party& party, const Aliases& aliases) {
                             auto& row = *rows.part().add_parties();
                             *row.mutable_party() = party;
                             return AddRow(rows, row, aliases);
                           });
    case v1::EXPORT_KIND_ALIASES:
      return ExportAliases(transaction, wanted, rows);
    case v1::EXPORT_KIND_EVENTS:
      return ExportEvents(transaction, wanted, [&](const v1::Event& event) {
        auto& row = *rows.part().add_events();
        *row.mutable_event() = event;
        return rows.Added(row.ByteSizeLong());
      });
    default:
      return RefuseField("kind", "missing; want what shall be exported", Reason::kMissingField);
  }
}

absl::Status ExportRows(const WorkCall& call, const v1::ExportRowsRequest& request, Answer answer) {
  const ExportWanted wanted{call.serving.environment, call.caller, request.member(),
                            request.all_states()};
  return call.serving.store.Read([&](storage::ReadTransaction& transaction) {
    Rows rows(transaction.commit_sequence(), answer);
    auto status = ExportKindOf(transaction, wanted, request.kind(), rows);
    return status.ok() ? rows.End() : status;
  });
}

}  // namespace

void AddExportMethods(MethodTable& methods) { methods.Work(&ExportRows); }

}  // namespace radyab::rpc
