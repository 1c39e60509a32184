// SPDX-License-Identifier: MIT
// Alerts of a wirewatch daemon, none lost and none twice: the subscriber's way of docs/alerts.md.
//
// Needs C++17 and cppzmq 4.7 or later (Debian: cppzmq-dev, libzmq3-dev). One file, to be copied into
// your program:
//
//     wirewatch::Options options;
//     options.cursor_file = "alerts.cursor";
//     wirewatch::Subscriber subscriber{options};
//     while (auto alert = subscriber.next()) {
//         std::cout << alert->body << '\n';       // JSON; handled when the next one is asked for
//     }
//
// The cursor is saved when you ask for the next message: what was handed out and not finished comes
// again after a crash. One thread. Throws zmq::error_t and std::runtime_error.
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <deque>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <optional>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zmq.hpp>
#include <zmq_addon.hpp>

namespace wirewatch {

struct Message {
    std::string topic;  ///< "alert/<rule-id>/" or "sys/feed/<feed-id>/"
    std::uint64_t seq = 0;
    std::string uuid;   ///< 16 bytes
    std::string epoch;
    std::uint64_t tseq = 0;  ///< within the topic; 0 in heartbeats and welcomes
    std::string body;        ///< CloudEvents 1.0, JSON
};

struct Options {
    std::string live = "tcp://127.0.0.1:5580";
    std::string replay = "tcp://127.0.0.1:5581";
    std::set<std::string> rules;  ///< ids; none: all alerts
    bool feeds = false;           ///< also sys/feed/ events
    std::string cursor_file;
    std::optional<std::uint64_t> since = 0;  ///< without a cursor file's; none: what comes from now on
    std::string key_file;    ///< with a daemon that has CURVE: your secret key, and …
    std::string server_key;  ///< … the daemon's public one
    /// Called with "connected", "lost", "gone" or "epoch", and words.
    std::function<void(std::string_view, const std::string&)> notice =
        [](std::string_view, const std::string& words) { std::cerr << "wirewatch: " << words << '\n'; };
};

class Subscriber {
  public:
    explicit Subscriber(Options options)
        : options_{std::move(options)},
          one_{options_.rules.size() == 1 && !options_.feeds},
          all_{options_.rules.empty()},
          live_{context_, zmq::socket_type::sub} {
        subtree_ = one_ ? "alert/" + *options_.rules.begin() + "/" : all_ || options_.feeds ? "" : "alert/";
        for (const std::string& rule : options_.rules) {
            topics_ += (topics_.empty() ? "alert/" : " alert/") + rule + "/";
        }
        topics_ += all_ ? "alert/" : "";
        topics_ += options_.feeds ? " sys/feed/" : "";
        read_keys();
        place_.seq = options_.since;
        load_cursor();
        handled_ = saved_ = place_;
        set_up(live_);
        live_.set(zmq::sockopt::rcvhwm, 10'000);
        for (const std::string& rule : options_.rules) {
            live_.set(zmq::sockopt::subscribe, "alert/" + rule + "/");
        }
        if (all_) {
            live_.set(zmq::sockopt::subscribe, "alert/");
        }
        if (all_ || options_.feeds) {
            live_.set(zmq::sockopt::subscribe, "sys/feed/");
        }
        live_.set(zmq::sockopt::subscribe, "HUGZ");
        live_.set(zmq::sockopt::subscribe, "sys/welcome/");  // last: when it comes, all others hold
        live_.connect(options_.live);
    }

    /// Saves the cursor: of what was handed out, all but the last message counts as handled.
    ~Subscriber() {
        try {
            save_in_time(milliseconds{0});
        } catch (const std::exception&) {
            // What was not saved comes again.
        }
    }
    Subscriber(const Subscriber&) = delete;
    Subscriber& operator=(const Subscriber&) = delete;

    /// The next message; none after `timeout`. What was handed out before counts as handled.
    std::optional<Message> next(std::chrono::milliseconds timeout = std::chrono::hours{24 * 36525}) {
        const Time deadline = Clock::now() + timeout;
        for (;;) {
            while (!ready_.empty()) {  // read on only when it is empty: then place_ is that of its last
                Entry entry = std::move(ready_.front());
                ready_.pop_front();
                place_ = entry.place;
                if (entry.message && wanted(*entry.message)) {
                    handled_ = {place_.epoch, entry.message->seq - 1};
                    save_in_time(kSaveEvery);
                    return std::move(entry.message);
                }
            }
            handled_ = place_;
            save_in_time(kSaveEvery);
            if (Clock::now() >= deadline) {
                return std::nullopt;
            }
            read(deadline);
        }
    }

  private:
    using milliseconds = std::chrono::milliseconds;
    using Clock = std::chrono::steady_clock;
    using Time = Clock::time_point;
    using Frames = std::vector<zmq::message_t>;

    static constexpr milliseconds kMissed{3500};   // HUGZ comes every second, three may be missed
    static constexpr milliseconds kSilence{2000};  // after which an answer is known to be incomplete
    static constexpr milliseconds kLow{2000};      // for which the head is before our cursor, until we look why
    static constexpr milliseconds kSaveEvery{50};  // a save waits for the disk
    static constexpr std::size_t kMaxTopics = 65'000;    // bytes: a longer filter is not noted in the cursor file
    static constexpr std::size_t kRemembered = 100'000;  // uuids, for a database that was restored

    struct Place {
        std::string epoch;
        std::optional<std::uint64_t> seq;
        bool operator==(const Place& other) const { return epoch == other.epoch && seq == other.seq; }
    };
    struct Entry {  ///< what was read and not handed out; without a message only the place moves
        std::optional<Message> message;
        Place place;
    };

    /// Some of a replay, where one is due, else a live message.
    void read(Time deadline) {
        const milliseconds patience = connected_ && !behind_ ? kMissed : 3 * kSilence;
        if (behind_) {
            const Place asked = place_;
            if (page() && (*place_.seq >= head_ || place_ == asked)) {
                behind_ = false;
            }
        } else {
            Time end = std::min(deadline, heard_ + patience);
            if (!options_.cursor_file.empty() && !(handled_ == saved_)) {
                end = std::min(end, Clock::now() + kSaveEvery);
            }
            if (auto frames = receive(live_, end)) {
                take_live(*frames);
            }
        }
        if (Clock::now() >= heard_ + patience) {
            miss(patience);
        }
    }

    // Step 3 of the subscriber's way: the epoch first. Step 5: the next one, or replay.
    void take_live(const Frames& frames) {
        auto message = decode(frames);
        if (!message || message->epoch == former_) {
            return;  // should it leave a gap, the next one shows it
        }
        heard_ = Clock::now();
        lost_told_ = false;
        if (!std::exchange(connected_, true)) {
            options_.notice("connected", "connected to the daemon at " + options_.live);
        }
        const bool numbered = message->tseq > 0;
        if (!place_.seq) {  // begin with what comes from now on
            place_ = {message->epoch, message->seq - (numbered ? 1 : 0)};
        }
        same_epoch(message->epoch);
        head_ = std::max(head_, message->seq);
        if (message->seq < *place_.seq) {  // a replay has brought it
            if (!numbered) {
                look_back();
            }
            return;
        }
        low_since_.reset();
        if (message->seq == *place_.seq) {
            return;
        }
        const bool follows = (all_ && message->seq == *place_.seq + 1) ||
                             (one_ && tseq_ && message->tseq == *tseq_ + 1);
        if (numbered && follows) {
            hand_out(std::move(*message));
        } else {
            behind_ = true;
        }
    }

    /// A head before our cursor may have waited while a replay went on. Where it stays, a replay tells why.
    void look_back() {
        const Time now = Clock::now();
        if (!low_since_) {
            low_since_ = now;
        }
        if (now - *low_since_ >= kLow) {
            low_since_.reset();
            behind_ = true;
        }
    }

    void miss(milliseconds patience) {
        if (!std::exchange(lost_told_, true)) {
            options_.notice("lost", "nothing heard from the daemon for " + std::to_string(patience.count()) +
                                        " ms; still trying (also where " +
                                        (secret_.empty() ? "it wants a key, and we have none)"
                                                         : "it does not allow our key, or the server key is not its own)"));
        }
        connected_ = false;
        heard_ = Clock::now();
        behind_ = place_.seq.has_value();  // should only the live way be broken, replay brings what is new
    }

    /// One answer; asked again, on a fresh socket, where it stays incomplete. False: nobody answered.
    bool page() {
        zmq::socket_t dealer{context_, zmq::socket_type::dealer};
        set_up(dealer);
        dealer.connect(options_.replay);
        const std::uint64_t asked = *place_.seq;
        const std::string since = bytes_of(asked);
        const std::array<zmq::const_buffer, 3> request{zmq::str_buffer("ICANHAZ?"), zmq::buffer(subtree_),
                                                       zmq::buffer(since)};
        zmq::send_multipart(dealer, request);
        while (auto frames = receive(dealer, Clock::now() + silence_)) {
            heard_ = Clock::now();
            silence_ = kSilence;
            const std::string_view kind = (*frames)[0].to_string_view();
            if (kind == "WTF" && frames->size() == 2) {
                throw std::runtime_error("the daemon refused a replay: " + (*frames)[1].to_string());
            }
            if ((kind == "KTHXBAI" || kind == "GONE") && frames->size() >= 3) {
                end_page(kind == "GONE", asked, number((*frames)[1]), (*frames)[2].to_string());
                return true;
            }
            auto message = decode(*frames);
            if (!message) {
                throw std::runtime_error("something else speaks at " + options_.replay);
            }
            if (!same_epoch(message->epoch)) {
                return true;
            }
            if (message->seq > *place_.seq) {
                hand_out(std::move(*message));
            }
        }
        silence_ = std::min<milliseconds>(2 * silence_, 8 * kSilence);  // a slow machine's handshake
        return false;
    }

    void end_page(bool gone, std::uint64_t asked, std::uint64_t seq, const std::string& epoch) {
        if (!same_epoch(epoch)) {
            return;
        }
        if (!gone && seq < asked) {
            begin_anew("the daemon's database is older than before (its last number is " + std::to_string(seq) +
                       ", and we have been at " + std::to_string(asked) + ")");
        } else if (!gone) {
            move_to(std::max(*place_.seq, seq));
        } else if (seq > *place_.seq + 1) {
            options_.notice("gone", "alerts " + std::to_string(*place_.seq + 1) + " to " +
                                        std::to_string(seq - 1) + " are no longer kept; going on with " +
                                        std::to_string(seq));
            move_to(seq - 1);
        }
    }

    void hand_out(Message message) {
        place_.seq = message.seq;
        tseq_ = message.tseq;
        ready_.push_back({std::move(message), place_});
    }

    void move_to(std::uint64_t seq) {
        place_.seq = seq;
        ready_.push_back({std::nullopt, place_});
    }

    /// False, with the cursor at the beginning of the new one, where it is another database.
    bool same_epoch(const std::string& epoch) {
        if (place_.epoch.empty()) {
            place_.epoch = epoch;
        }
        if (place_.epoch == epoch) {
            return true;
        }
        former_ = std::exchange(place_.epoch, epoch);
        begin_anew("the daemon has another database than before (epoch " + former_ + ", now " + epoch + ")");
        return false;
    }

    void begin_anew(const std::string& why) {
        options_.notice("epoch", why + "; going on from its beginning");
        head_ = 0;
        tseq_.reset();
        behind_ = true;
        move_to(0);
    }

    bool wanted(const Message& message) {
        const bool feed = message.topic.rfind("sys/feed/", 0) == 0;
        const bool rule = !feed && (all_ || options_.rules.count(message.topic.substr(
                                                6, message.topic.size() - 7)) > 0);
        if (!(feed ? options_.feeds : rule) || !seen_.insert(message.uuid).second) {
            return false;
        }
        order_.push_back(message.uuid);
        if (order_.size() > kRemembered) {
            seen_.erase(order_.front());
            order_.pop_front();
        }
        return true;
    }

    void set_up(zmq::socket_t& socket) {
        socket.set(zmq::sockopt::linger, 0);
        socket.set(zmq::sockopt::heartbeat_ivl, 5000);
        socket.set(zmq::sockopt::heartbeat_timeout, 15000);
        socket.set(zmq::sockopt::tcp_keepalive, 1);
        socket.set(zmq::sockopt::ipv6, true);
        if (!secret_.empty()) {
            socket.set(zmq::sockopt::curve_serverkey, options_.server_key);
            socket.set(zmq::sockopt::curve_publickey, public_);
            socket.set(zmq::sockopt::curve_secretkey, secret_);
        }
    }

    void read_keys() {
        if (options_.key_file.empty()) {
            return;
        }
        struct stat facts {};
        std::ifstream file{options_.key_file};
        if (!file || ::stat(options_.key_file.c_str(), &facts) != 0) {
            throw std::runtime_error("cannot read the key file " + options_.key_file);
        }
        if ((facts.st_mode & S_IRWXO) != 0) {
            throw std::runtime_error("everybody may read " + options_.key_file +
                                     ", which holds a secret; run: chmod o= " + options_.key_file);
        }
        file >> secret_;
        std::array<char, 41> open{};
        if (secret_.size() != 40 || zmq_curve_public(open.data(), secret_.c_str()) != 0) {
            throw std::runtime_error(options_.key_file + " holds no CURVE key");
        }
        public_ = open.data();
    }

    void load_cursor() {
        std::ifstream file{options_.cursor_file};
        if (options_.cursor_file.empty() || !file) {
            return;
        }
        std::string mark;
        std::string version;
        std::string epoch;
        std::uint64_t seq = 0;
        if (!(file >> mark >> version >> epoch >> seq) || mark != "wirewatch-cursor" || version != "1") {
            throw std::runtime_error(options_.cursor_file +
                                     " is no cursor file; name another, or remove it to begin anew");
        }
        check_filter(file);
        place_ = {epoch == "-" ? "" : epoch, seq};
    }

    /// The second line says with which filter the place was kept; it has passed all others unseen. Files of
    /// old have none.
    void check_filter(std::istream& file) const {
        std::string word;
        std::vector<std::string> kept;
        std::string filter;
        file >> word;
        while (file >> word) {
            kept.push_back(word);
            filter += (filter.empty() ? "" : " ") + word;
        }
        std::istringstream wanted{kept.empty() ? "" : topics_};
        while (wanted >> word) {
            if (std::none_of(kept.begin(), kept.end(), [&](const std::string& seen) { return word.rfind(seen, 0) == 0; })) {
                throw std::runtime_error(options_.cursor_file + " is of another filter (" + filter +
                                         "): its place has passed messages of " + word +
                                         " unseen; name another file, or remove this one to begin anew");
            }
        }
    }

    /// Beside and renamed: a crash leaves the old or the new one.
    void save_in_time(milliseconds every) {
        if (options_.cursor_file.empty() || handled_.epoch.empty() || handled_ == saved_ ||
            Clock::now() < saved_at_ + every) {
            return;
        }
        const std::string beside = options_.cursor_file + ".new";
        const std::string text = "wirewatch-cursor 1 " + handled_.epoch + " " + std::to_string(*handled_.seq) + "\n" +
                                 (topics_.size() < kMaxTopics ? "topics " + topics_ + "\n" : "");
        const int fd = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
        const bool good = fd != -1 && ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                          ::fsync(fd) == 0;
        if (fd != -1) {
            ::close(fd);
        }
        if (!good || std::rename(beside.c_str(), options_.cursor_file.c_str()) != 0) {
            throw std::runtime_error("cannot write the cursor file " + options_.cursor_file);
        }
        saved_ = handled_;
        saved_at_ = Clock::now();
    }

    static std::optional<Frames> receive(zmq::socket_t& socket, Time until) {
        const auto left = std::chrono::ceil<milliseconds>(until - Clock::now());
        zmq::pollitem_t item{socket.handle(), 0, ZMQ_POLLIN, 0};
        // A signal ends the wait; the caller comes again.
        if (zmq_poll(&item, 1, static_cast<long>(std::clamp<milliseconds::rep>(left.count(), 0, 60'000))) < 1) {
            return std::nullopt;
        }
        Frames frames;
        if (!zmq::recv_multipart(socket, std::back_inserter(frames))) {
            return std::nullopt;
        }
        return frames;
    }

    /// None where the frames are not of this version: skip what you do not know.
    static std::optional<Message> decode(const Frames& frames) {
        if (frames.size() != 5 || frames[1].size() != 8) {
            return std::nullopt;
        }
        Message message{frames[0].to_string(), number(frames[1]), frames[2].to_string(), {}, 0, frames[4].to_string()};
        const std::string lines = "\n" + frames[3].to_string();
        message.epoch = property(lines, "epoch");
        const bool numbered = message.topic.rfind("alert/", 0) == 0 || message.topic.rfind("sys/feed/", 0) == 0;
        if (numbered) {
            message.tseq = std::strtoull(property(lines, "tseq").c_str(), nullptr, 10);
        }
        const bool known = (numbered && message.tseq > 0) || message.topic == "HUGZ" || message.topic == "sys/welcome/";
        return known && property(lines, "v") == "1" ? std::optional{std::move(message)} : std::nullopt;
    }

    static std::string property(const std::string& lines, const std::string& name) {
        const std::size_t at = lines.find("\n" + name + "=");
        if (at == std::string::npos) {
            return {};
        }
        const std::size_t begin = at + name.size() + 2;
        return lines.substr(begin, lines.find('\n', begin) - begin);
    }

    static std::uint64_t number(const zmq::message_t& frame) {
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < std::min<std::size_t>(frame.size(), 8); ++i) {
            value = value << 8 | frame.data<unsigned char>()[i];
        }
        return value;
    }

    static std::string bytes_of(std::uint64_t value) {
        std::string bytes(8, '\0');
        for (int i = 7; i >= 0; --i, value >>= 8) {
            bytes[static_cast<std::size_t>(i)] = static_cast<char>(value & 0xFF);
        }
        return bytes;
    }

    Options options_;
    bool one_;  ///< one topic: its tseq shows gaps
    bool all_;  ///< the full stream: seq shows them
    std::string subtree_;
    std::string topics_;  ///< what is wanted, as the cursor file says it
    std::string public_;
    std::string secret_;
    zmq::context_t context_;
    zmq::socket_t live_;

    Place place_;  ///< of what was read; when ready_ is empty also of what was handed out
    Place handled_;
    Place saved_;
    Time saved_at_{};
    std::uint64_t head_ = 0;
    std::optional<std::uint64_t> tseq_;
    std::string former_;
    milliseconds silence_ = kSilence;
    std::optional<Time> low_since_;
    bool behind_ = false;
    bool connected_ = false;
    bool lost_told_ = false;
    Time heard_ = Clock::now();
    std::deque<Entry> ready_;
    std::set<std::string> seen_;
    std::deque<std::string> order_;
};

}  // namespace wirewatch
