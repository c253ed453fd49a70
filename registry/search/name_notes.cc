#include "registry/search/name_notes.h"

#include "registry/storage/keyspace.h"
#include "registry/storage/rows.h"

namespace radyab::search {
namespace {

absl::Status Write(storage::WriteTransaction& transaction, Thing thing,
                   const records::SearchNoteRecord& note) {
  return storage::PutRow(transaction, keyspace::SearchNote(transaction.commit_sequence(), thing),
                         note);
}

}  // namespace

absl::Status NoteNew(storage::WriteTransaction& transaction, Thing thing) {
  return Write(transaction, thing, {});
}

absl::Status NoteRenamed(storage::WriteTransaction& transaction, Thing thing,
                         const v1::LocalizedText& old_name) {
  records::SearchNoteRecord note;
  *note.mutable_old_name() = old_name;
  return Write(transaction, thing, note);
}

absl::Status NoteChanged(storage::WriteTransaction& transaction, Thing party,
                         const records::Sealed& old_personal) {
  records::SearchNoteRecord note;
  *note.mutable_old_personal() = old_personal;
  return Write(transaction, party, note);
}

}  // namespace radyab::search
