// Attributes as words of a command line or cells of a table.
#pragma once

#include <string>
#include <string_view>

#include "coding/refusal.h"
#include "radyab/v1/catalog.pb.h"
#include "radyab/v1/class.pb.h"

namespace radyab::cli {

// "fat_percent=1.5" -> key and value.
coding::Parsed<v1::Attribute> AttributeOf(std::string_view word);

// One line of a class's template: KEY:TYPE and then any of :required, :identifying, :unit=U,
// :values=a|b|c, :values_fa=…|…|… and :values_en= (their names), :fa=NAME, :en=NAME; TYPE is text,
// number or choice. Without a name the key is its English name.
// "fat_percent:number:unit=P1:required:en=Fat".
coding::Parsed<v1::AttributeTemplate> AttributeTemplateOf(std::string_view word);

// The template back as such a word.
std::string AttributeTemplateWord(const v1::AttributeTemplate& attribute);

// Where a class stands in another classification: "hs=040610".
coding::Parsed<v1::CrossReference> CrossReferenceOf(std::string_view word);
std::string CrossReferenceWord(const v1::CrossReference& reference);

}  // namespace radyab::cli
