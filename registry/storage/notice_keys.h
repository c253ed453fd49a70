// The key families of shipping notices: a part of keyspace.h, with which it shares the source file.
#pragma once

#include <cstdint>
#include <string>

#include "registry/storage/keyspace.h"

namespace radyab::keyspace {

std::string Notice(std::uint64_t sequence);  // 4B -> v1.ShippingNotice without lines
// 4C -> v1.ShippingNotice of nothing but lines: part of them, in order
std::string NoticeLines(std::uint64_t sequence, std::uint32_t part);
std::string NoticeLinesPrefix(std::uint64_t sequence);
// 4D -> empty: one a number
std::string NoticeNumber(MemberId member, std::string_view number, std::uint64_t sequence);
std::string NoticeNumberPrefix(MemberId member, std::string_view number);
// 4E -> empty: the notices that a member recorded or that go to it; numbers never change
enum class NoticeList : std::uint8_t { kAll = 0, kOpen = 1 };
std::string NoticeOfMember(MemberId member, NoticeList list, std::uint64_t sequence);
std::string NoticeOfMemberPrefix(MemberId member, NoticeList list);
// 4F -> v1.ShippingNotice of nothing but lines: how much of the object it announces, one for each
// unit of measure. `object`: a view of registry/notices/notice_row.h
std::string NoticeOfObject(std::string_view object, std::uint64_t sequence);
std::string NoticeOfObjectPrefix(std::string_view object);

}  // namespace radyab::keyspace
