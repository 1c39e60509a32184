// SPDX-License-Identifier: MIT
// wirewatch show: one article, with what matched highlighted.
#include "base/printable.hpp"
#include "feeds/identity.hpp"
#include "review/commands.hpp"
#include "review/exit_code.hpp"
#include "review/heading.hpp"
#include "review/hit_output.hpp"
#include "review/word_diff.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <ostream>
#include <utility>

#include <CLI/CLI.hpp>

namespace wirewatch::review {

namespace {

struct Arguments {
    std::string article;
    bool json = false;
    bool diff = false;
};

std::string_view text_of(const Article& article, Field field) {
    switch (field) {
        case Field::title:
            return article.title;
        case Field::summary:
            return article.summary;
        default:
            return article.content;
    }
}

/// What matched in a field, in those revisions in which it read as it does now.
std::vector<Span> spans_in(const history::StoredArticle& stored, Field field) {
    std::vector<Span> spans;
    for (const history::HitRow& row : stored.matched) {
        if (text_of(row.article, field) != text_of(stored.article, field)) {
            continue;
        }
        for (const auto& found : row.hits) {
            spans.insert(spans.end(), found.hit.spans.begin(), found.hit.spans.end());
        }
    }
    return spans;
}

void print_line(const Terminal& terminal, std::string_view name, std::string_view value) {
    if (!value.empty()) {
        terminal.out << styled(terminal, Style::dim, name) << ' ' << printable(value) << '\n';
    }
}

std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts) {
        text += (text.empty() ? "" : ", ") + part;
    }
    return text;
}

void print_text(const Terminal& terminal, const history::StoredArticle& stored) {
    const Article& article = stored.article;
    terminal.out << styled(terminal, Style::strong,
                           article.title.empty()
                               ? kUntitled
                               : highlighted(terminal, article.title, Field::title,
                                             spans_in(stored, Field::title)))
                 << '\n';
    for (const Field field : {Field::summary, Field::content}) {
        const std::string_view text = text_of(article, field);
        const bool repeats = field == Field::content && article.content == article.summary;
        if (!text.empty() && !repeats) {
            terminal.out << '\n'
                         << highlighted(terminal, text, field, spans_in(stored, field)) << '\n';
        }
    }
}

std::string how_told(const history::HitRow::Found& found) {
    if (found.seq) {
        return "alert " + std::to_string(*found.seq);
    }
    return found.told_by ? "the same story as alert " + std::to_string(*found.told_by)
                         : "kept without an alert";
}

/// The same story elsewhere.
void print_copies(const Terminal& terminal, const std::vector<history::Copy>& copies) {
    for (const history::Copy& copy : copies) {
        terminal.out << styled(terminal, Style::dim, "also in  ") << ' '
                     << printable(copy.feed_title.empty() ? copy.feed_id : copy.feed_title) << ", "
                     << local_time(copy.first_seen) << ": " << printable(heading(copy)) << "  "
                     << styled(terminal, Style::dim, copy.key.substr(0, 10)) << '\n';
    }
}

void print_hits(const Terminal& terminal, const history::HitRow& row) {
    for (const auto& found : row.hits) {
        terminal.out << styled(terminal, Style::strong, found.rule.id) << "  "
                     << to_text(found.rule.severity) << "  found " << local_time(found.at) << "  "
                     << how_told(found);
        if (found.hit.score) {
            terminal.out << "  score " << *found.hit.score;
        }
        terminal.out << '\n';
        for (const Span& span : found.hit.spans) {
            terminal.out << "    " << to_text(span.field) << ": "
                         << styled(terminal, Style::matched, printable(span.text, 200)) << "  by "
                         << printable(span.term, 200) << '\n';
        }
    }
}

void print_mark(const Terminal& terminal, const std::optional<Mark>& mark) {
    if (!mark) {
        return;
    }
    std::string words;
    for (const auto& [set, word] : {std::pair{mark->starred, "starred"},
                                    {mark->read, "read"},
                                    {mark->dismissed, "dismissed"},
                                    {!mark->note.empty(), "with a note"}}) {
        words += set ? (words.empty() ? "" : ", ") + std::string{word} : "";
    }
    print_line(terminal, "marked   ",
               (words.empty() ? "as nothing any more" : words) + ", by " + mark->by + ", " +
                   local_time(mark->at));
    if (!mark->note.empty()) {
        terminal.out << styled(terminal, Style::dim, "note     ") << ' '
                     << printable_lines(mark->note) << '\n';
    }
}

void print_article(const Terminal& terminal, const history::StoredArticle& stored) {
    const Article& article = stored.article;
    const bool matched = !stored.matched.empty();
    print_text(terminal, stored);
    terminal.out << '\n';
    print_line(terminal, "by       ", joined(article.authors));
    print_line(terminal, "in       ", joined(article.categories));
    print_line(terminal, "feed     ",
               stored.feed_title.empty() ? article.feed_id : stored.feed_title);
    print_line(terminal, "link     ", article.url);
    print_line(terminal, "read as  ", stored.language);
    print_line(terminal, "published", local_time(article.published, "not said"));
    print_line(terminal, "seen     ", local_time(stored.first_seen));
    print_line(terminal, "revisions", stored.revisions > 1 ? std::to_string(stored.revisions) : "");
    print_line(terminal, "article  ", article.key);
    print_mark(terminal, stored.mark);
    print_copies(terminal, stored.also_in);
    terminal.out << '\n';
    if (!matched) {
        terminal.out << "no rule has matched it\n";
    }
    for (const history::HitRow& row : stored.matched) {
        print_hits(terminal, row);
    }
}

/// Safe to print, line breaks and all.
std::string lines(const Terminal& terminal, std::string_view text) {
    return highlighted(terminal, text, Field::content, {});
}

/// "[-old-] {+new+}", in colours where there are some.
void print_diff(const Terminal& terminal, std::string_view before, std::string_view after) {
    for (const DiffPart& part : word_diff(before, after)) {
        if (part.kind == DiffPart::Kind::same) {
            terminal.out << lines(terminal, part.text);
            continue;
        }
        const bool removed = part.kind == DiffPart::Kind::removed;
        const std::size_t end = part.text.find_last_not_of(" \n\t\r") + 1;
        const std::string words = lines(terminal, part.text.substr(0, end));
        terminal.out << styled(terminal, removed ? Style::bad : Style::good,
                               removed ? "[-" + words + "-]" : "{+" + words + "+}")
                     << lines(terminal, part.text.substr(end));
    }
    terminal.out << '\n';
}

void print_revision(const Terminal& terminal, const history::Revision& before,
                    const history::Revision& after) {
    terminal.out << styled(terminal, Style::strong,
                           "revision " + std::to_string(after.number) + ", seen " +
                               local_time(after.seen_at))
                 << (after.number > before.number + 1
                         ? " (against revision " + std::to_string(before.number) +
                               "; those between are no longer kept)"
                         : "")
                 << '\n';
    for (const auto text :
         {&history::Revision::title, &history::Revision::summary, &history::Revision::content}) {
        if (before.*text != after.*text) {
            print_diff(terminal, before.*text, after.*text);
        }
    }
    terminal.out << '\n';
}

/// How the article has changed, a revision at a time.
int show_diff(const Session& session, const history::Reader& reader, const std::string& article) {
    const auto revisions = reader.revisions(article);
    if (!revisions) {
        return report(session, revisions.error());
    }
    if (revisions->size() < 2) {
        session.terminal.err << "it has not changed since it was first seen\n";
        return kFailed;
    }
    for (std::size_t i = 1; i < revisions->size(); ++i) {
        print_revision(session.terminal, (*revisions)[i - 1], (*revisions)[i]);
    }
    if (!revisions->back().latest) {
        const auto latest = std::find_if(revisions->begin(), revisions->end(),
                                         [](const auto& revision) { return revision.latest; });
        session.terminal.out << "its feed has the text of revision " << latest->number
                             << " again\n";
    }
    return kOk;
}

int show_command(const Session& session, const Arguments& arguments) {
    const auto opened = open(session);
    if (!opened) {
        return opened.error();
    }
    const std::string name = feeds::canonical_url(arguments.article);
    if (arguments.diff) {
        return show_diff(session, opened->reader, name);
    }
    const auto stored = opened->reader.article(name);
    if (!stored) {
        return report(session, stored.error());
    }
    if (arguments.json) {
        write_json(session.terminal.out, *stored);
    } else {
        print_article(session.terminal, *stored);
    }
    return kOk;
}

}  // namespace

void add_show(CLI::App& app, Session& session, Run& run) {
    auto* command = app.add_subcommand("show", "one article, with what matched highlighted");
    auto arguments = std::make_shared<Arguments>();
    command->footer("Example: wirewatch show 3f2a9c01");
    command
        ->add_option("ARTICLE", arguments->article,
                     "its key, as 'wirewatch history' prints it, or its URL")
        ->required();
    auto* json = command->add_flag("--json", arguments->json, "as JSON");
    command->add_flag("--diff", arguments->diff, "what its revisions changed, word by word")
        ->excludes(json);
    command->callback([&session, &run, arguments] {
        run = [&session, arguments] { return show_command(session, *arguments); };
    });
}

}  // namespace wirewatch::review
