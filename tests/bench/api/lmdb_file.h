// LMDB's own interface, as far as the peer of the bench needs it. Every fault ends the program.
#pragma once

#include <lmdb.h>

#include <string>
#include <string_view>

#include "tests/bench/api/coded_items.h"

namespace radyab::bench {

inline void MustBeZero(int answer) {
  if (answer != 0) Fail(mdb_strerror(answer));
}

inline MDB_val Bytes(std::string_view text) {
  return {text.size(), const_cast<char*>(text.data())};
}
inline std::string_view Text(const MDB_val& value) {
  return {static_cast<const char*>(value.mv_data), value.mv_size};
}

// One file, opened as the store opens it.
class File {
 public:
  File(const std::string& path, unsigned flags) {
    MustBeZero(mdb_env_create(&environment_));
    MustBeZero(mdb_env_set_mapsize(environment_, kMapBytes));
    MustBeZero(mdb_env_open(environment_, path.c_str(), MDB_NOSUBDIR | MDB_NOTLS | flags, 0600));
  }
  ~File() { mdb_env_close(environment_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  MDB_txn* Begin(unsigned flags) {
    MDB_txn* transaction = nullptr;
    MustBeZero(mdb_txn_begin(environment_, nullptr, flags, &transaction));
    MustBeZero(mdb_dbi_open(transaction, nullptr, 0, &table_));
    return transaction;
  }
  MDB_dbi table() const { return table_; }

 private:
  static constexpr std::size_t kMapBytes = std::size_t{1} << 40;

  MDB_env* environment_ = nullptr;
  MDB_dbi table_ = 0;
};

// Goes over a file in order of keys.
class Walk {
 public:
  explicit Walk(const std::string& path) : file_(path, MDB_RDONLY) {
    transaction_ = file_.Begin(MDB_RDONLY);
    MustBeZero(mdb_cursor_open(transaction_, file_.table(), &cursor_));
    Next(MDB_FIRST);
  }
  ~Walk() {
    mdb_cursor_close(cursor_);
    mdb_txn_abort(transaction_);
  }
  Walk(const Walk&) = delete;
  Walk& operator=(const Walk&) = delete;

  bool at_end() const { return at_end_; }
  std::string_view key() const { return key_; }
  std::string_view value() const { return value_; }
  void Next(MDB_cursor_op step = MDB_NEXT) {
    MDB_val key, value;
    const int answer = mdb_cursor_get(cursor_, &key, &value, step);
    at_end_ = answer == MDB_NOTFOUND;
    if (at_end_) return;
    MustBeZero(answer);
    key_ = Text(key);
    value_ = Text(value);
  }

 private:
  File file_;
  MDB_txn* transaction_ = nullptr;
  MDB_cursor* cursor_ = nullptr;
  std::string_view key_, value_;
  bool at_end_ = false;
};

}  // namespace radyab::bench
