// SPDX-License-Identifier: MIT
// Alerts of a wirewatch daemon, none lost and none twice: the subscriber's way of docs/alerts.md.
//
// Needs zeromq 6 (npm install zeromq). One file, to be copied into your program:
//
//   import { Subscriber } from "./wirewatch.mjs";
//   for await (const alert of new Subscriber({ cursorFile: "alerts.cursor" }))
//     console.log(alert.data.article.title);   // handled when the next one is asked for
//
// The cursor is saved when you ask for the next message: what was handed out and not finished comes
// again after a crash. Run as a program it prints alerts, one body a line:
//   node wirewatch.mjs [--live A] [--replay A] [--rule ID]… [--feeds] [--cursor FILE] [--since N]
//                      [--key-file FILE.secret --server-key KEY]
import fs from "node:fs";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import * as zmq from "zeromq";

const MISSED = 3500; // ms: HUGZ comes every second, three may be missed
const SILENCE = 2000; // ms after which an answer is known to be incomplete
const LOW = 2000; // ms for which the head is before our cursor, until we look why
const SAVE_EVERY = 50; // ms: a save waits for the disk
const MAX_TOPICS = 65_000; // bytes: a longer filter is not noted in the cursor file
const REMEMBERED = 100_000; // uuids, for a database that was restored and numbers anew

/** The daemon says that a request was malformed: this program is wrong. */
export class Refused extends Error {}

/**
 * Iterates over messages { topic, seq, uuid, epoch, tseq, body, data }. Options, all of them optional:
 * live, replay (addresses); rules (ids, none for all alerts); feeds (also sys/feed/ events); cursorFile;
 * since (where to begin without one: a seq, or null for what comes from now on); keyFile (your secret key;
 * its public half beside it, FILE.public) and serverKey, with a daemon that has CURVE;
 * notice (called with "connected" | "lost" | "gone" | "epoch", and words).
 * Seqs are numbers: exact up to 2^53.
 */
export class Subscriber {
  constructor({ live = "tcp://127.0.0.1:5580", replay = "tcp://127.0.0.1:5581", rules = [], feeds = false,
    cursorFile = null, since = 0, keyFile = null, serverKey = null,
    notice = (_, words) => console.error(`wirewatch: ${words}`) } = {}) {
    Object.assign(this, { liveAddress: live, replayAddress: replay, feeds, cursorFile, notice });
    this.rules = new Set(rules);
    this.one = this.rules.size === 1 && !feeds; // one topic: its tseq shows gaps
    this.all = this.rules.size === 0; // the full stream: seq shows them
    this.subtree = this.one ? `alert/${rules[0]}/` : this.all || feeds ? "" : "alert/";
    this.topics = this.all ? ["alert/"] : [...this.rules].sort().map((rule) => `alert/${rule}/`);
    if (feeds) this.topics.push("sys/feed/");
    this.keys = readKeys(keyFile, serverKey);
    [this.epoch, this.cursor] = loadCursor(cursorFile, this.topics) ?? [null, since];
    this.handled = this.saved = [this.epoch, this.cursor];
    this.savedAt = this.head = 0;
    this.silence = SILENCE;
    this.tseq = this.former = this.lowSince = null;
    this.behind = this.connected = this.lostTold = this.closed = false;
    this.seen = new Set(); // in order of insertion
    this.ready = []; // what was read and not handed out: [message or null, epoch, seq]
    this.live = new zmq.Subscriber({ ...this.#options(), receiveHighWaterMark: 10_000 });
    this.live.subscribe(...this.#prefixes());
    this.live.connect(live);
    this.heard = Date.now();
  }

  async *[Symbol.asyncIterator]() {
    try {
      for (let message; (message = await this.next()); ) yield message;
    } finally {
      this.close();
    }
  }

  /** The next message, or null after `timeout` ms or close(). What was handed out before counts as handled. */
  async next(timeout = Infinity) {
    const deadline = Date.now() + timeout;
    while (!this.closed) {
      while (this.ready.length > 0) { // read on only when it is empty: then epoch and cursor are those of its last
        const [message, epoch, seq] = this.ready.shift();
        [this.epoch, this.cursor] = [epoch, seq];
        if (message && this.#wanted(message)) {
          this.handled = [epoch, message.seq - 1];
          this.#saveInTime();
          return message;
        }
      }
      this.handled = [this.epoch, this.cursor];
      this.#saveInTime();
      if (Date.now() >= deadline) return null;
      await this.#read(deadline);
    }
    return null;
  }

  /** Saves the cursor: of what was handed out, all but the last message counts as handled. */
  close() {
    if (this.closed) return;
    this.closed = true;
    this.#saveInTime(0);
    this.live.close();
  }

  #unsaved() {
    return this.cursorFile && this.handled[0] !== null && String(this.handled) !== String(this.saved);
  }

  #saveInTime(every = SAVE_EVERY) {
    if (!this.#unsaved() || Date.now() - this.savedAt < every) return;
    const beside = `${this.cursorFile}.new`; // beside and renamed: a crash leaves the old or the new one
    const topics = this.topics.join(" "); // the place has passed all others unseen
    const filter = topics.length < MAX_TOPICS ? `topics ${topics}\n` : "";
    fs.writeFileSync(beside, `wirewatch-cursor 1 ${this.handled.join(" ")}\n${filter}`, { flush: true });
    fs.renameSync(beside, this.cursorFile);
    [this.saved, this.savedAt] = [this.handled, Date.now()];
  }

  /** Some of a replay, where one is due, else a live message. */
  async #read(deadline) {
    const patience = this.connected && !this.behind ? MISSED : 3 * SILENCE;
    if (this.behind) {
      const asked = `${this.epoch} ${this.cursor}`;
      const answered = await this.#page();
      if (answered && (this.cursor >= this.head || `${this.epoch} ${this.cursor}` === asked)) this.behind = false;
    } else {
      const end = Math.min(this.heard + patience, deadline, this.#unsaved() ? Date.now() + SAVE_EVERY : Infinity);
      const frames = await receive(this.live, end - Date.now());
      if (frames) this.#takeLive(frames);
    }
    if (Date.now() >= this.heard + patience) this.#miss(patience);
  }

  // Step 3 of the subscriber's way: the epoch first. Step 5: the next one, or replay.
  #takeLive(frames) {
    const message = decode(frames);
    if (!message || message.epoch === this.former) return; // should it leave a gap, the next one shows it
    this.heard = Date.now();
    this.lostTold = false;
    if (!this.connected) {
      this.connected = true;
      this.notice("connected", `connected to the daemon at ${this.liveAddress}`);
    }
    const numbered = message.tseq > 0;
    if (this.cursor === null) // begin with what comes from now on
      [this.epoch, this.cursor] = [message.epoch, message.seq - (numbered ? 1 : 0)];
    this.#sameEpoch(message.epoch);
    this.head = Math.max(this.head, message.seq);
    if (message.seq < this.cursor) { // a replay has brought it
      if (!numbered) this.#lookBack();
      return;
    }
    this.lowSince = null;
    if (message.seq === this.cursor) return;
    const follows = (this.all && message.seq === this.cursor + 1)
      || (this.one && this.tseq !== null && message.tseq === this.tseq + 1);
    if (numbered && follows) this.#handOut(message);
    else this.behind = true;
  }

  /** A head before our cursor may have waited while a replay went on. Where it stays, a replay tells why. */
  #lookBack() {
    this.lowSince ??= Date.now();
    if (Date.now() - this.lowSince < LOW) return;
    [this.lowSince, this.behind] = [null, true];
  }

  #miss(patience) {
    if (!this.lostTold) {
      this.lostTold = true;
      const hint = this.keys.curveServerKey ? "it does not allow our key, or the server key is not its own" : "it wants a key, and we have none";
      this.notice("lost", `nothing heard from the daemon for ${patience / 1000} s; still trying (also where ${hint})`);
    }
    this.connected = false;
    this.heard = Date.now();
    this.behind = this.cursor !== null; // should only the live way be broken, replay brings what is new
  }

  /** One answer; asked again, on a fresh socket, where it stays incomplete. False: nobody answered. */
  async #page() {
    const asked = this.cursor;
    const dealer = new zmq.Dealer({ ...this.#options(), sendTimeout: SILENCE });
    dealer.connect(this.replayAddress);
    try {
      const since = Buffer.alloc(8);
      since.writeBigUInt64BE(BigInt(this.cursor));
      const sent = await dealer.send(["ICANHAZ?", this.subtree, since]).then(() => true, () => false);
      for (let frames; sent && (frames = await receive(dealer, this.silence)); ) {
        [this.heard, this.silence] = [Date.now(), SILENCE];
        const kind = frames[0].toString();
        if (kind === "WTF") throw new Refused(frames[1].toString());
        if (kind === "KTHXBAI") {
          if (this.#sameEpoch(frames[2].toString())) this.#endPage(asked, number(frames[1]));
          return true;
        }
        if (kind === "GONE") {
          const oldest = number(frames[1]);
          if (this.#sameEpoch(frames[2].toString()) && oldest > this.cursor + 1) {
            this.notice("gone", `alerts ${this.cursor + 1} to ${oldest - 1} are no longer kept; going on with ${oldest}`);
            this.#moveTo(oldest - 1);
          }
          return true;
        }
        const message = decode(frames);
        if (!message) throw new Refused(`something else speaks at ${this.replayAddress}`);
        if (!this.#sameEpoch(message.epoch)) return true;
        if (message.seq > this.cursor) this.#handOut(message);
      }
      this.silence = Math.min(2 * this.silence, 8 * SILENCE); // a slow machine needs longer for a handshake
      return false;
    } finally {
      dealer.close();
    }
  }

  #endPage(asked, cursor) {
    if (cursor >= asked) this.#moveTo(Math.max(this.cursor, cursor));
    else this.#beginAnew(`the daemon's database is older than before (its last number is ${cursor}, and we have been `
      + `at ${asked})`);
  }

  #handOut(message) {
    [this.cursor, this.tseq] = [message.seq, message.tseq];
    this.ready.push([message, this.epoch, this.cursor]);
  }

  #moveTo(seq) {
    this.cursor = seq;
    this.ready.push([null, this.epoch, seq]);
  }

  /** False, with the cursor at the beginning of the new one, where it is another database. */
  #sameEpoch(epoch) {
    this.epoch ??= epoch;
    if (this.epoch === epoch) return true;
    [this.former, this.epoch] = [this.epoch, epoch];
    this.#beginAnew(`the daemon has another database than before (epoch ${this.former}, now ${epoch})`);
    return false;
  }

  #beginAnew(why) {
    this.notice("epoch", `${why}; going on from its beginning`);
    [this.head, this.tseq, this.behind] = [0, null, true];
    this.#moveTo(0);
  }

  #wanted(message) {
    const parts = message.topic.split("/");
    const wanted = parts[0] === "sys" ? this.feeds : this.all || this.rules.has(parts[1]);
    if (!wanted || this.seen.has(message.uuid)) return false;
    this.seen.add(message.uuid);
    if (this.seen.size > REMEMBERED) this.seen.delete(this.seen.values().next().value);
    return true;
  }

  #prefixes() {
    const prefixes = [...this.rules].sort().map((rule) => `alert/${rule}/`);
    if (this.all) prefixes.push("alert/");
    if (this.all || this.feeds) prefixes.push("sys/feed/");
    return [...prefixes, "HUGZ", "sys/welcome/"]; // the welcome last: when it comes, all others hold
  }

  #options() {
    return { linger: 0, heartbeatInterval: 5000, heartbeatTimeout: 15000, tcpKeepalive: 1, ipv6: true, ...this.keys };
  }
}

/** The next message, or null after `timeout` ms. */
async function receive(socket, timeout) {
  socket.receiveTimeout = Math.max(0, Math.min(Math.round(timeout), 60_000));
  try {
    return await socket.receive();
  } catch (error) {
    if (error.code === "EAGAIN" || socket.closed) return null;
    throw error;
  }
}

/** Null where the frames are not of this version: skip what you do not know. */
function decode(frames) {
  if (frames.length !== 5 || frames[1].length !== 8) return null;
  const [topic, lines, body] = [frames[0], frames[3], frames[4]].map(String);
  const properties = Object.fromEntries(lines.split("\n").map((line) => line.split(/=(.*)/s, 2)));
  const numbered = topic.startsWith("alert/") || topic.startsWith("sys/feed/");
  if (properties.v !== "1" || !(numbered || topic === "HUGZ" || topic === "sys/welcome/")) return null;
  try {
    return { topic, seq: number(frames[1]), uuid: frames[2].toString("hex"), epoch: properties.epoch,
      tseq: numbered ? Number(properties.tseq) : 0, body, data: numbered ? JSON.parse(body).data : null };
  } catch {
    return null;
  }
}

function number(frame) {
  return Number(frame.readBigUInt64BE());
}

function readKeys(keyFile, serverKey) {
  if (!keyFile) return {};
  if (fs.statSync(keyFile).mode & 0o007)
    throw new Error(`everybody may read ${keyFile}, which holds a secret; run: chmod o= ${keyFile}`);
  const read = (file) => fs.readFileSync(file, "utf8").trim();
  return { curveSecretKey: read(keyFile), curvePublicKey: read(keyFile.replace(/\.secret$/, ".public")),
    curveServerKey: serverKey };
}

function loadCursor(file, topics) {
  if (!file || !fs.existsSync(file)) return null;
  const found = fs.readFileSync(file, "utf8")
    .match(/^wirewatch-cursor 1 (-|[0-9a-f]{16}) (\d+)\n(?:topics (\S+\/(?: \S+\/)*)\n)?$/);
  if (!found) throw new Error(`${file} is no cursor file; name another, or remove it to begin anew`);
  const unseen = found[3] && topics.find((topic) => !found[3].split(" ").some((kept) => topic.startsWith(kept)));
  if (unseen) // files of old do not say with which filter they were kept
    throw new Error(`${file} is of another filter (${found[3]}): its place has passed messages of ${unseen} unseen; `
      + "name another file, or remove this one to begin anew");
  return [found[1] === "-" ? null : found[1], Number(found[2])];
}

const USAGE = `usage: node wirewatch.mjs [--live A] [--replay A] [--rule ID]... [--feeds] [--cursor FILE] [--since N]
                         [--key-file FILE.secret --server-key KEY]
Prints the alerts of a wirewatch daemon, one JSON body a line.`;

function readArguments() {
  const text = { type: "string" };
  try {
    const { values } = parseArgs({ options: { live: text, replay: text, rule: { ...text, multiple: true },
      feeds: { type: "boolean" }, cursor: text, since: text, "key-file": text, "server-key": text,
      help: { type: "boolean", short: "h" } } });
    if (values.since !== undefined && !/^\d{1,15}$/.test(values.since))
      throw new Error(`--since takes an alert's number, not '${values.since}'`);
    return values;
  } catch (error) {
    console.error(`wirewatch: ${error.message}\n${USAGE}`);
    process.exit(2);
  }
}

async function main() {
  const values = readArguments();
  if (values.help) {
    console.log(USAGE);
    return;
  }
  process.stdout.on("error", (error) => { if (error.code === "EPIPE") process.exit(1); else throw error; });
  const given = { live: values.live, replay: values.replay, rules: values.rule, feeds: values.feeds,
    cursorFile: values.cursor, since: values.since && Number(values.since), keyFile: values["key-file"],
    serverKey: values["server-key"] };
  let subscriber;
  try {
    subscriber = new Subscriber(Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)));
  } catch (error) { // of the files that were named
    console.error(`wirewatch: ${error.message}`);
    process.exit(1);
  }
  for (const name of ["SIGTERM", "SIGINT"]) process.on(name, () => { subscriber.close(); process.exit(0); });
  for await (const message of subscriber)
    if (!process.stdout.write(message.body + "\n")) await new Promise((done) => process.stdout.once("drain", done));
}

if (process.argv[1] && import.meta.url === pathToFileURL(fs.realpathSync(process.argv[1])).href) await main();
