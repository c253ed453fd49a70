// The verb `state` of items, services and parties: where a code stands in its life.
#pragma once

namespace CLI {
class App;
}

namespace radyab::cli {

class Session;

// Adds `state CODE STATE` to a family.
void AddLifeStateVerb(CLI::App& family, Session& session);

}  // namespace radyab::cli
