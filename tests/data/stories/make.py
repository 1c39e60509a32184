#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes articles.jsonl and pairs.tsv: news invented for this test, and what newsrooms make of it.

Every event has an agency's report (a), another agency's own report of it (b), which shares quotes and
names, and a follow-up of the first (f), which repeats its background. Copies are edited as newsrooms
edit: datelines, spelling, synonyms, sentences that are cut, dropped, moved or put in. Bulletins are one
frame with other facts. A pair is 1 where both are copies of one text. Usage: make.py (writes beside itself)
"""
import json
import pathlib
import random
import re

from events import BULLETINS, EVENTS

HERE = pathlib.Path(__file__).parent
SYNONYMS = [
    ("said", "told reporters"), ("on Wednesday", "Wednesday"), ("on Monday", "Monday"), ("on Friday", "Friday"),
    ("percent", "per cent"), ("about", "around"), ("killed", "left dead"), ("officials", "authorities"),
    ("agreed", "reached an agreement"), ("began", "started"), ("big", "large"), ("kilometers", "km"),
    ("meters", "metres"), ("center", "centre"), ("program", "programme"), ("labor", "labour"), ("however", "but"),
    ("more than", "over"), ("government", "administration"), ("police", "officers"), ("nearly", "almost"),
    ("expected", "due"), ("million", "m"), ("because", "as"), ("people", "persons"), ("children", "youngsters"),
    ("quickly", "swiftly"), ("announced", "made public"), ("defense", "defence"), ("talks", "negotiations"),
]
PUT_IN = [
    "The report could not be independently verified.", "Our correspondent was at the scene.",
    "This is a developing story and will be updated.", "(Additional reporting by our staff.)",
    "Read more on our website about the background of this story.", "Share prices reacted little to the news.",
]
DATELINES = ["{city} ({agency}) - ", "{city}, ({agency}) — ", "{city}: ", "", "{city} — ", "By our staff in {city} "]
AGENCIES = ["Reuters", "AP", "AFP", "dpa", "TASS", "APP"]


def sentences(text):
    return re.split(r"(?<=[.!?”\"])\s+(?=[A-Z“\"(])", text.strip())


def swap_words(rng, parts, share):
    out = []
    for part in parts:
        for word, other in SYNONYMS:
            if rng.random() < share:
                part = re.sub(rf"\b{re.escape(word)}\b", other, part, count=1)
        out.append(part)
    return out


def edited(rng, piece, weight):
    """A copy after `weight` changes, from 1 (hardly touched) to 4."""
    parts = swap_words(rng, sentences(piece["text"]), 0.12 * weight)
    for _ in range(weight):
        choice = rng.randrange(5)
        if choice == 0 and len(parts) > 4:
            parts = parts[: rng.randint(max(3, len(parts) // 2), len(parts) - 1)]
        elif choice == 1 and len(parts) > 4:
            del parts[rng.randint(1, len(parts) - 1)]
        elif choice == 2:
            parts.insert(rng.randint(1, len(parts)), rng.choice(PUT_IN))
        elif choice == 3 and len(parts) > 4:
            at = rng.randint(1, len(parts) - 2)
            parts[at], parts[at + 1] = parts[at + 1], parts[at]
        else:
            parts = swap_words(rng, parts, 0.15)
    dateline = rng.choice(DATELINES).format(city=piece["city"], agency=rng.choice(AGENCIES))
    text = dateline + " ".join(parts)
    if rng.random() < 0.12:  # a feed that shows the beginning only
        cut = text[: rng.randint(260, 420)].rsplit(" ", 1)[0]
        text = cut + "…"
    return text


def titled(rng, title):
    return rng.choice([title, title.upper(), title + " - report", title.split(":")[-1].strip(), "Update: " + title])


def main():
    rng = random.Random(20261126)
    articles, pairs = [], []

    def add(group, piece, text, title):
        articles.append({"id": len(articles), "group": group, "piece": piece, "title": title, "text": text})
        return articles[-1]["id"]

    for number, event in enumerate(EVENTS):
        ids = {}
        for piece in ("a", "b", "f"):
            made = {"city": event["city"], "text": event[piece]}
            first = f"{event['city']} (Reuters) - {event[piece].strip()}"
            ids[piece] = [add(number, piece, " ".join(first.split()), event["title_" + piece])]
            for weight in ((1, 2, 2, 3, 4) if piece == "a" else (1, 2, 3)):
                text = " ".join(edited(rng, made, weight).split())
                ids[piece].append(add(number, piece, text, titled(rng, event["title_" + piece])))
        for piece, copies in ids.items():
            for at in range(1, len(copies)):
                pairs.append((copies[0], copies[at], 1, "copy"))
            if len(copies) > 3:
                pairs.append((copies[1], copies[2], 1, "copies of a copy"))
        for one, other, kind in (("a", "b", "another report"), ("a", "f", "follow-up"), ("b", "f", "follow-up")):
            for _ in range(4):
                pairs.append((rng.choice(ids[one]), rng.choice(ids[other]), 0, kind))
    for number, bulletin in enumerate(BULLETINS, start=len(EVENTS)):
        made = []
        for facts in bulletin["facts"]:
            text = " ".join(bulletin["text"].format(**facts).split())
            made.append(add(number, "bulletin", text, bulletin["title"].format(**facts)))
        for at in range(1, len(made)):
            pairs.append((made[at - 1], made[at], 0, "bulletin"))
            pairs.append((made[0], made[at], 0, "bulletin"))
    for _ in range(40):
        one, other = rng.sample(articles, 2)
        if one["group"] != other["group"]:
            pairs.append((one["id"], other["id"], 0, "unrelated"))

    with open(HERE / "articles.jsonl", "w", encoding="utf-8") as out:
        for article in articles:
            out.write(json.dumps(article, ensure_ascii=False) + "\n")
    with open(HERE / "pairs.tsv", "w", encoding="utf-8") as out:
        out.write("one\tother\tsame\tkind\n")
        for pair in pairs:
            out.write("\t".join(map(str, pair)) + "\n")
    print(len(articles), "articles,", len(pairs), "pairs,", sum(p[2] for p in pairs), "the same")


if __name__ == "__main__":
    main()
