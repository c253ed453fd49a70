// A list that is fetched page by page while it is read.
#pragma once

#include <cstddef>
#include <functional>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "clients/cpp/client_error.h"

namespace radyab::client {

// One page as a client of a service hands it over.
template <class Item>
struct Page {
  std::vector<Item> items;
  std::string next_page_token;  // empty on the last page
};

// An input range over a whole list:
//
//   for (const Answer<v1::Item>& item : catalog.ListItems(request)) {
//     if (!item) return Report(item.error());
//     Use(*item);
//   }
//
// A page is fetched when its first element is wanted; one page is held at a time. When a page
// cannot be fetched the error is the last element. It can be gone through once. Not for several
// threads at a time; it may outlive the client that made it.
template <class Item>
class PageRange {
 public:
  using Fetch = std::function<Answer<Page<Item>>(const std::string& page_token)>;

  explicit PageRange(Fetch fetch) : fetch_(std::move(fetch)) {}

  class Iterator {
   public:
    using value_type = Answer<Item>;
    using difference_type = std::ptrdiff_t;
    using iterator_category = std::input_iterator_tag;

    explicit Iterator(PageRange* range) : range_(range) { range_->Advance(); }
    const Answer<Item>& operator*() const { return *range_->current_; }
    const Answer<Item>* operator->() const { return &*range_->current_; }
    Iterator& operator++() {
      range_->Advance();
      return *this;
    }
    void operator++(int) { range_->Advance(); }
    bool operator==(std::default_sentinel_t) const { return !range_->current_.has_value(); }

   private:
    PageRange* range_;
  };

  Iterator begin() { return Iterator(this); }
  std::default_sentinel_t end() { return {}; }

 private:
  void Advance() {
    while (!ended_ && next_ == page_.items.size()) FetchPage();
    if (next_ < page_.items.size()) {
      current_.emplace(std::move(page_.items[next_++]));
    } else if (failure_) {
      current_.emplace(*std::exchange(failure_, std::nullopt));
    } else {
      current_.reset();
    }
  }

  void FetchPage() {
    const std::string token = page_.next_page_token;
    Answer<Page<Item>> page = fetch_(token);
    page_ = {};
    next_ = 0;
    if (!page) {
      failure_ = page.error();
    } else if (!token.empty() && page->next_page_token == token) {
      // It would go on for ever.
      failure_ = ClientError{.code = ErrorCode::kInternal,
                             .message = "the server answered a page with its own page token"};
    } else {
      page_ = std::move(page).value();
    }
    ended_ = failure_.has_value() || page_.next_page_token.empty();
  }

  Fetch fetch_;
  Page<Item> page_ = {};
  std::size_t next_ = 0;
  bool ended_ = false;
  std::optional<ClientError> failure_;
  std::optional<Answer<Item>> current_;
};

}  // namespace radyab::client
