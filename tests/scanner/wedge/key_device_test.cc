#include "scanner/wedge/key_device.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/scanner/symbol_samples.h"
#include "tests/scanner/wedge/key_typing.h"

namespace radyab::scanner {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;
using What = KeyNews::What;

constexpr milliseconds kLong{20'000};  // never waited for unless something is wrong

// A device that is a FIFO: unplugged by taking it away.
class Gun {
 public:
  explicit Gun(const std::string& path) : path_(path) { Plug(); }
  ~Gun() { Unplug(); }
  Gun(const Gun&) = delete;
  Gun& operator=(const Gun&) = delete;
  void Plug() {
    EXPECT_EQ(::mkfifo(path_.c_str(), 0600), 0);
    end_ = ::open(path_.c_str(), O_RDWR | O_CLOEXEC);
    EXPECT_GE(end_, 0);
  }
  void Unplug() {
    ::unlink(path_.c_str());
    if (end_ >= 0) ::close(end_);
    end_ = -1;
  }
  void Send(std::string_view bytes) const {
    EXPECT_EQ(::write(end_, bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
  }
  void Type(std::string_view text) const { Send(BytesOf(Typed(text))); }

 private:
  std::string path_;
  int end_ = -1;
};

class KeyDeviceTest : public testing::Test {
 protected:
  std::unique_ptr<KeyDevice> Opened(milliseconds silence = kLong) {
    KeyDeviceOptions options;
    options.silence = silence;
    options.search_interval = milliseconds(1);
    auto device = KeyDevice::Open(path_, options);
    EXPECT_TRUE(device.ok()) << device.fault().message;
    return std::move(device).value();
  }

  const TemporaryFolder folder_;
  const std::string path_ = folder_.path() + "/event7";
};

TEST_F(KeyDeviceTest, GivesScansThatEndWithEnterOrTab) {
  const Gun gun(path_);
  const auto device = Opened();
  gun.Type(
      "010626\x1D"
      "Ab\rsecond\t");
  EXPECT_EQ(device->Next(kLong).scan.text,
            "010626\x1D"
            "Ab");
  EXPECT_EQ(device->Next(kLong).scan.text, "second");
  EXPECT_EQ(device->Next(milliseconds(0)).what, What::kNothing);
}

TEST_F(KeyDeviceTest, TakesEventsInAnyPieces) {
  const Gun gun(path_);
  const auto device = Opened();
  const std::string bytes = BytesOf(Typed("A1\r"));
  std::string texts;
  for (std::size_t at = 0; at < bytes.size(); at += 5) {
    gun.Send(bytes.substr(at, 5));
    const KeyNews news = device->Next(milliseconds(0));
    if (news.what == What::kScan) texts += news.scan.text + ";";
  }
  EXPECT_EQ(texts, "A1;");
}

TEST_F(KeyDeviceTest, EndsAScanAfterASilenceAndNotBefore) {
  const Gun gun(path_);
  const auto patient = Opened();
  gun.Type("123");
  // A gun that is slow is not cut off: nothing ends while the silence is not over.
  EXPECT_EQ(patient->Next(milliseconds(120)).what, What::kNothing);
  gun.Type("45\r");
  EXPECT_EQ(patient->Next(kLong).scan.text, "12345");
  const std::string other = folder_.path() + "/event8";
  const Gun silent_gun(other);
  KeyDeviceOptions options;
  options.silence = milliseconds(30);
  const auto device = KeyDevice::Open(other, options);
  ASSERT_TRUE(device.ok());
  silent_gun.Type("678");
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_EQ((*device)->Next(kLong).scan.text, "678");
  EXPECT_GE(std::chrono::steady_clock::now() - begun, milliseconds(29));
}

TEST_F(KeyDeviceTest, TellsThatItIsGoneAndThatItIsBack) {
  Gun gun(path_);
  const auto device = Opened();
  gun.Type("whole\rhal");
  gun.Unplug();
  EXPECT_EQ(device->Next(kLong).scan.text, "whole");
  const KeyNews gone = device->Next(kLong);
  EXPECT_EQ(gone.what, What::kGone);
  EXPECT_EQ(gone.message, "\"" + path_ +
                              "\" is gone (closed), 3 characters of a scan without its end with "
                              "it; it is waited for");
  EXPECT_EQ(device->Next(milliseconds(5)).what, What::kNothing);
  gun.Plug();
  const KeyNews back = device->Next(kLong);
  EXPECT_EQ(back.what, What::kBack);
  EXPECT_THAT(back.message, HasSubstr("is there again"));
  gun.Type("f\r");
  EXPECT_EQ(device->Next(kLong).scan.text, "f");
}

TEST_F(KeyDeviceTest, PlaysARecordedFileToItsEnd) {
  folder_.Write("event7", BytesOf(Typed("one\rtwo")));
  const auto device = Opened();
  EXPECT_EQ(device->Next(kLong).scan.text, "one");
  EXPECT_EQ(device->Next(kLong).scan.text, "two");
  EXPECT_EQ(device->Next(kLong).what, What::kEnd);
}

TEST_F(KeyDeviceTest, IsRefusedWhenThereIsNoneOrItIsNoDevice) {
  const auto none = KeyDevice::Open(path_);
  ASSERT_FALSE(none.ok());
  EXPECT_EQ(none.fault().message,
            "cannot read the keys of \"" + path_ + "\": No such file or directory");
  const auto folder = KeyDevice::Open(folder_.path());
  ASSERT_FALSE(folder.ok());
  EXPECT_THAT(folder.fault().message, HasSubstr("it is no input device"));
  // A character device that knows no grab.
  const auto null = KeyDevice::Open("/dev/null");
  ASSERT_FALSE(null.ok());
  EXPECT_EQ(null.fault().kind, FaultKind::kFileUnreadable);
}

// What the kernel tells of its devices.
class KeySearchTest : public testing::Test {
 protected:
  void Add(const std::string& event, const std::string& name, const std::string& vendor,
           const std::string& product, const std::string& keys) {
    const std::string about = event + "/device/";
    folder_.Write(about + "name", name + "\n");
    folder_.Write(about + "id/vendor", vendor + "\n");
    folder_.Write(about + "id/product", product + "\n");
    folder_.Write(about + "capabilities/key", keys + "\n");
  }
  KeySearchTest() {
    Add("event0", "Power Button", "0000", "0001", "10000000000000 0");
    Add("event2", "AT Keyboard", "0001", "0001",
        "402000000 3803078f800d001 feffffdfffefffff fffffffffffffffe");
    Add("event5", "Symbol Bar Code Scanner", "05e0", "1200",
        "1000000000007 ff9f207ac14057ff febeffdfffefffff fffffffffffffffe");
    Add("event6", "Symbol Bar Code Scanner Consumer Control", "05e0", "1200", "3f 301ff 0 0");
  }
  Outcome<std::string> Find(const std::string& wanted) {
    return FindKeyDevice(wanted, {folder_.path(), "/dev/input"});
  }
  const TemporaryFolder folder_;
};

TEST_F(KeySearchTest, FindsByPathNameAndNumbersWhatHasKeys) {
  EXPECT_EQ(*Find("/dev/input/by-id/x"), "/dev/input/by-id/x");
  EXPECT_EQ(*Find("Bar Code"), "/dev/input/event5");
  EXPECT_EQ(*Find("05e0:1200"), "/dev/input/event5");
}

TEST_F(KeySearchTest, NamesWhatThereIsWhenNoneOrSeveralAreMeant) {
  EXPECT_EQ(Find("Zebra").fault().message,
            "no input device with keys is called \"Zebra\"; there is /dev/input/event2 \"AT "
            "Keyboard\" 0001:0001, /dev/input/event5 \"Symbol Bar Code Scanner\" 05e0:1200");
  Add("event9", "Symbol Bar Code Scanner", "05e0", "1200", "fffffffffffffffe");
  EXPECT_THAT(Find("05e0:1200").fault().message,
              testing::AllOf(HasSubstr("several input devices are called \"05e0:1200\""),
                             HasSubstr("event5"), HasSubstr("event9")));
  EXPECT_FALSE(Find("Power Button").ok());
}

}  // namespace
}  // namespace radyab::scanner
