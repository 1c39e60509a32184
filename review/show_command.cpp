// SPDX-License-Identifier: MIT
// wirewatch show: one article, with what matched highlighted.
#include "base/printable.hpp"
#include "review/commands.hpp"
#include "review/exit_code.hpp"
#include "review/hit_output.hpp"

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
                           highlighted(terminal, article.title, Field::title,
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

void print_hits(const Terminal& terminal, const history::HitRow& row) {
    for (const auto& found : row.hits) {
        terminal.out << styled(terminal, Style::strong, found.rule.id) << "  "
                     << to_text(found.rule.severity) << "  found " << local_time(found.at) << "  "
                     << (found.seq ? "alert " + std::to_string(*found.seq)
                                   : std::string{"kept without an alert"});
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
    terminal.out << '\n';
    if (!matched) {
        terminal.out << "no rule has matched it\n";
    }
    for (const history::HitRow& row : stored.matched) {
        print_hits(terminal, row);
    }
}

int show_command(const Session& session, const Arguments& arguments) {
    const auto opened = open(session);
    if (!opened) {
        return opened.error();
    }
    const auto stored = opened->reader.article(arguments.article);
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
    command->add_flag("--json", arguments->json, "as JSON");
    command->callback([&session, &run, arguments] {
        run = [&session, arguments] { return show_command(session, *arguments); };
    });
}

}  // namespace wirewatch::review
