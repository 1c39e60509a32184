"""What a subscriber must stand. Each function is one scenario: it gets a Scene whose daemon is not started."""
import os
import shutil
import signal
import sqlite3
import struct
import subprocess
import time

from scene import expect

SCENARIOS = []


def scenario(function):
    SCENARIOS.append(function)
    return function


# Places


@scenario
def what_was_before_comes_and_then_what_is_live(scene):
    scene.start().report(5)
    subscribers = scene.subscribe()
    scene.got(subscribers, scene.outbox())
    scene.report(5)
    scene.got(subscribers, scene.outbox())


@scenario
def since_begins_behind_that_number(scene):
    scene.start().report(8)
    scene.got(scene.subscribe(since=5), [6, 7, 8])


@scenario
def a_subscriber_that_is_there_first_misses_nothing(scene):
    subscribers = scene.subscribe()
    scene.start().report(5)
    scene.got(subscribers, scene.outbox())


@scenario
def many_pages_of_history_come_in_order(scene):
    scene.start().report(1_200)
    scene.got(scene.subscribe(), scene.outbox())


@scenario
def a_body_of_any_size_comes_whole(scene):
    scene.start().report(3, summary="long and longer " * 20_000)
    subscribers = scene.subscribe()
    scene.got(subscribers, scene.outbox())
    for program in subscribers.values():
        expect(all(body["data"]["article"]["truncated"] for body in program.bodies()), "a body is not cut")


# Restarts of either side


@scenario
def the_daemon_is_restarted(scene):
    scene.start().report(3)
    subscribers = scene.subscribe()
    scene.got(subscribers, scene.outbox())
    scene.restart()
    scene.report(4)
    scene.got(subscribers, scene.outbox())


@scenario
def the_daemon_is_killed(scene):
    scene.start().report(3)
    subscribers = scene.subscribe()
    scene.got(subscribers, scene.outbox())
    for _ in range(2):
        scene.daemon.kill()
        scene.publish(3)
        scene.daemon.start()
    scene.report(2)
    scene.got(subscribers, scene.outbox())


@scenario
def a_subscriber_is_restarted_and_goes_on_from_its_cursor(scene):
    scene.start().report(3)
    subscribers = scene.subscribe()
    scene.got(subscribers, scene.outbox())
    scene.saved(subscribers, 3)
    for program in subscribers.values():
        program.end()
    scene.report(3)
    for program in subscribers.values():
        program.start()
    scene.report(1)
    scene.got(subscribers, scene.outbox())


@scenario
def a_subscriber_is_killed_and_loses_nothing(scene):
    scene.start().report(50)
    subscribers = scene.subscribe()
    for _ in range(3):
        time.sleep(0.15)
        for program in subscribers.values():
            program.end(signal.SIGKILL)
        scene.report(20)
        for program in subscribers.values():
            program.start()
    for name, program in subscribers.items():
        wanted = set(scene.outbox())
        scene.wait(lambda: {body["data"]["seq"] for body in program.bodies()} == wanted, f"every alert in {name}")


# Gaps


def drop_once(seqs):
    """Keeps back the live messages of these seqs, each once."""
    left = set(seqs)

    def keeps(frames):
        seq = struct.unpack("!Q", frames[1])[0] if len(frames) == 5 else 0
        if frames[0].startswith(b"alert/") and seq in left:
            left.discard(seq)
            return False
        return True

    return keeps


def timed_gap(scene, seconds, *options, topics=()):
    """Live messages 4 and 5 go missing; 6 comes. How long until all are there."""
    scene.start().report(3)
    live = scene.live_proxy(drop_once([4, 5]))
    subscribers = scene.subscribe(*options, live=live)
    scene.got(subscribers, scene.outbox(*topics))
    scene.told(subscribers, "connected")
    scene.report(2)
    scene.report(1)
    began = time.monotonic()
    scene.got(subscribers, scene.outbox(*topics))
    took = time.monotonic() - began
    expect(took <= seconds, f"the gap was repaired after {took:.1f} s")


@scenario
def a_gap_in_the_full_stream_is_repaired_within_2_s(scene):
    timed_gap(scene, 2)


@scenario
def a_gap_in_a_filtered_stream_is_repaired_within_5_s(scene):
    timed_gap(scene, 5, "--rule", "talks", topics=["talks"])


@scenario
def the_heartbeat_tells_of_a_last_message_that_is_missing(scene):
    scene.start().report(2)
    subscribers = scene.subscribe(live=scene.live_proxy(drop_once([3])))
    scene.got(subscribers, scene.outbox())
    scene.report(1)
    scene.got(subscribers, scene.outbox(), seconds=5)


@scenario
def replay_alone_brings_alerts_where_the_live_way_is_dead(scene):
    scene.start().report(2)
    open_way = [True]
    subscribers = scene.subscribe(live=scene.live_proxy(lambda frames: open_way[0]))
    scene.got(subscribers, scene.outbox())
    open_way[0] = False
    scene.report(2)
    scene.got(subscribers, scene.outbox())


@scenario
def nonsense_among_live_messages_is_passed_over(scene):
    scene.start().report(1)
    nonsense = [[b"alert/"], [b"HUGZ", b"", b"", b"", b""], [b"alert/talks/"] * 9,
                [b"alert/talks/", b"\0" * 8, b"\0" * 16, b"v=2\n", b"{}"],
                [b"alert/talks/", b"\xff" * 8, b"\0" * 16, b"v=1\nepoch", b"{"]]
    live = scene.live_proxy(lambda frames: [*nonsense, frames] if frames[0].startswith(b"alert/") else True)
    subscribers = scene.subscribe(live=live)
    scene.got(subscribers, scene.outbox())
    scene.told(subscribers, "connected")
    scene.report(3)
    scene.got(subscribers, scene.outbox())


@scenario
def an_answer_that_breaks_off_is_asked_for_again(scene):
    scene.start().report(20)
    handed_on = {}

    def keeps(peer, frames):  # seven messages of each one's first answer; who asks again comes with a fresh socket
        handed_on[peer] = handed_on.get(peer, 0) + 1
        return peer >= len(scene.programs) or handed_on[peer] <= 7

    subscribers = scene.subscribe(replay=scene.replay_proxy(keeps))
    scene.got(subscribers, scene.outbox())


# Databases


@scenario
def another_database_is_told_and_read_from_its_beginning(scene):
    scene.start().report(3)
    subscribers = scene.subscribe()
    scene.got(subscribers, [1, 2, 3])
    scene.stop()
    scene.forget_database()
    scene.items.clear()
    scene.publish(5)  # the first three by the same ids, and so with the same uuids
    scene.daemon.start()
    scene.got(subscribers, [1, 2, 3, 4, 5])
    scene.told(subscribers, "another database")


@scenario
def a_cursor_of_another_database_begins_it_anew(scene):
    scene.start().report(3)
    subscribers = scene.subscribe()
    scene.got(subscribers, [1, 2, 3])
    scene.saved(subscribers, 3)
    for program in subscribers.values():
        program.end()
    scene.stop()
    scene.forget_database()
    scene.start().report(2)
    for program in subscribers.values():
        program.start()
    for name, program in subscribers.items():
        scene.wait(lambda: len(program.bodies()) >= 3 + 5, f"the new database in {name}")
    scene.told(subscribers, "another database")


@scenario
def a_database_that_was_put_back_is_told_and_read_from_its_beginning(scene):
    scene.start().report(3)
    scene.stop()
    former = scene.daemon.database.with_suffix(".former")
    shutil.copyfile(scene.daemon.database, former)
    scene.daemon.start()
    subscribers = scene.subscribe()
    scene.report(3)
    scene.got(subscribers, [1, 2, 3, 4, 5, 6])
    scene.stop()
    scene.forget_database()
    shutil.copyfile(former, scene.daemon.database)  # as a snapshot of the machine would
    scene.items[:] = [("b0", "Another part: talks", "of other people")]
    scene.publish(0)
    scene.daemon.start()
    scene.got(subscribers, [1, 2, 3, 4, 5, 6, 4])
    scene.told(subscribers, "older than before")


@scenario
def what_is_no_longer_kept_is_told_and_never_skipped_silently(scene):
    scene.start().report(6)
    scene.stop()
    database = sqlite3.connect(scene.daemon.database)
    database.execute("DELETE FROM outbox WHERE seq <= 4")
    database.commit()
    database.close()
    scene.start()
    subscribers = scene.subscribe(since=1)
    scene.got(subscribers, [5, 6])
    scene.told(subscribers, "alerts 2 to 4 are no longer kept")


# Topics


@scenario
def one_rule(scene):
    scene.start()
    for word in ("talks", "energy", "talks", "energy"):
        scene.report(1, word)
    subscribers = scene.subscribe("--rule", "energy")
    scene.got(subscribers, scene.outbox("energy"))
    for word in ("talks", "energy", "energy", "talks", "energy"):
        scene.report(1, word)
    scene.got(subscribers, scene.outbox("energy"))


@scenario
def two_rules(scene):
    scene.start().report(2, "energy")
    subscribers = scene.subscribe("--rule", "energy", "--rule", "talks")
    scene.report(2, "talks")
    scene.report(1, "energy talks")
    scene.got(subscribers, scene.outbox("energy", "talks"))


@scenario
def a_rule_whose_name_begins_another_gets_its_own_alone(scene):
    scene.start().report(2, "energy")
    quiet = scene.subscribe("--rule", "ener", files="-ener")
    loud = scene.subscribe("--rule", "energy")
    scene.report(2, "energy")
    scene.got(loud, scene.outbox("energy"))
    scene.told(quiet, "connected")
    scene.got(quiet, [])


def turn_feed(scene, good):
    body = scene.origin.documents.get("/wire.xml")
    events = len(scene.outbox("sys/feed/"))
    if not good:
        scene.origin.documents["/wire.xml"] = b"no feed"
    else:
        scene.publish(0)
    scene.wait(lambda: len(scene.outbox("sys/feed/")) > events, "a feed event")
    return body


@scenario
def feed_events_come_in_their_place(scene):
    scene.start().report(1)
    subscribers = scene.subscribe("--feeds")
    turn_feed(scene, good=False)
    turn_feed(scene, good=True)
    scene.report(1)
    scene.wait(lambda: len(scene.outbox("talks", "sys/feed/")) >= 4, "a bad turn, a good one and an alert")
    scene.got(subscribers, scene.outbox("talks", "sys/feed/"))
    for program in subscribers.values():
        states = [body["data"]["state"] for body in program.bodies() if body["type"] == "wirewatch.feed.v1"]
        expect(states[:2] == ["bad", "good"], f"{program.name} heard {states}")


@scenario
def feed_events_that_nobody_wants_leave_no_gap(scene):
    scene.start().report(1)
    full, one = scene.subscribe(), scene.subscribe("--rule", "talks", files="-one")
    turn_feed(scene, good=False)
    turn_feed(scene, good=True)
    scene.report(2)
    scene.got(full, scene.outbox("talks"))
    scene.got(one, scene.outbox("talks"))


# Slowness


@scenario
def a_stopped_subscriber_catches_up_and_holds_up_nobody(scene):
    scene.set(zeromq="send_hwm = 20\n")
    scene.start().report(1)
    stopped, quick = scene.subscribe(files="-stopped"), scene.subscribe()
    scene.got(stopped, [1])
    scene.got(quick, [1])
    for program in stopped.values():
        program.send(signal.SIGSTOP)
    scene.report(60, summary="much to say " * 4_000)
    scene.got(quick, scene.outbox())
    for program in stopped.values():
        program.send(signal.SIGCONT)
    scene.got(stopped, scene.outbox())


@scenario
def a_frozen_daemon_is_told_and_found_again(scene):
    scene.start().report(2)
    subscribers = scene.subscribe()
    scene.got(subscribers, scene.outbox())
    scene.told(subscribers, "connected")
    scene.daemon.process.send_signal(signal.SIGSTOP)
    scene.told(subscribers, "nothing heard from the daemon")
    scene.daemon.process.send_signal(signal.SIGCONT)
    scene.report(2)
    scene.got(subscribers, scene.outbox())


# CURVE


def encrypt(scene, *allowed):
    """A daemon with CURVE that lets in these of the clients that are made here."""
    secret, public = scene.keys("server")
    scene.curve = {name: scene.keys(name) for name in ("friend", "stranger")}
    scene.line = f'curve_key_file = "{secret}"\n'
    scene.set(zeromq=scene.line, clients={name: scene.curve[name][1] for name in allowed})
    return public


def key_options(scene, name, server_key):
    return ["--key-file", str(scene.curve[name][0]), f"--server-key={server_key}"]  # it may begin with a dash


@scenario
def curve_lets_in_who_is_allowed(scene):
    server_key = encrypt(scene, "friend")
    scene.start().report(3)
    subscribers = scene.subscribe(*key_options(scene, "friend", server_key))
    scene.report(3)
    scene.got(subscribers, scene.outbox())


@scenario
def curve_refuses_a_key_until_it_is_allowed_by_a_reload(scene):
    server_key = encrypt(scene, "friend")
    scene.start().report(3)
    subscribers = scene.subscribe(*key_options(scene, "stranger", server_key))
    scene.told(subscribers, "where it does not allow our key")
    scene.got(subscribers, [], seconds=0)
    scene.set(zeromq=scene.line, clients={name: scene.curve[name][1] for name in ("friend", "stranger")})
    scene.reload()
    scene.report(1)
    scene.got(subscribers, scene.outbox())


@scenario
def curve_ends_the_connections_of_a_key_that_is_struck_off(scene):
    server_key = encrypt(scene, "friend", "stranger")
    scene.start().report(2)
    friends = scene.subscribe(*key_options(scene, "friend", server_key), files="-friend")
    strangers = scene.subscribe(*key_options(scene, "stranger", server_key))
    scene.got(friends, scene.outbox())
    scene.got(strangers, scene.outbox())
    scene.told(strangers, "connected")
    scene.set(zeromq=scene.line, clients={"friend": scene.curve["friend"][1]})
    scene.reload()
    scene.told(strangers, "nothing heard from the daemon")
    scene.report(2)
    scene.got(friends, scene.outbox())
    scene.got(strangers, [1, 2], seconds=0)


@scenario
def curve_takes_no_daemon_for_another(scene):
    encrypt(scene, "friend")
    scene.start().report(2)
    subscribers = scene.subscribe(*key_options(scene, "friend", scene.curve["stranger"][1]))
    scene.told(subscribers, "the server key is not its own")
    scene.got(subscribers, [], seconds=0)


@scenario
def curve_lets_in_nobody_without_a_key(scene):
    encrypt(scene, "friend")
    scene.start().report(2)
    subscribers = scene.subscribe()
    scene.told(subscribers, "it wants a key, and we have none")
    scene.got(subscribers, [], seconds=0)


@scenario
def a_secret_key_that_others_can_read_is_refused(scene):
    server_key = encrypt(scene, "friend")
    os.chmod(scene.curve["friend"][0], 0o644)
    subscribers = scene.subscribe(*key_options(scene, "friend", server_key))
    for name, program in subscribers.items():
        expect(program.process.wait(timeout=30) != 0, f"{name} took the key")
    scene.told(subscribers, "everybody may read")


@scenario
def a_file_that_is_no_cursor_is_refused_and_stays_as_it_is(scene):
    scene.start().report(1)
    subscribers = scene.subscribe(start=False)
    for name, program in subscribers.items():
        program.cursor.write_text("my shopping list\n")
        program.start()
        expect(program.process.wait(timeout=30) != 0, f"{name} took the file")
        expect(program.cursor.read_text() == "my shopping list\n", f"{name} wrote over the file")


@scenario
def a_cursor_is_refused_where_another_filter_has_passed_what_is_wanted(scene):
    scene.start().report(3)
    rule = "talks"
    subscribers = scene.subscribe("--rule", rule)
    scene.got(subscribers, scene.outbox())
    scene.saved(subscribers, 3)
    for program in subscribers.values():
        program.end()
        first, second = program.cursor.read_text().splitlines()
        expect(second == f"topics alert/{rule}/", f"{program.name} wrote the filter '{second}'")
    for wider in ([], ["--rule", rule, "--rule", "energy"], ["--rule", rule, "--feeds"]):
        for name, program in scene.subscribe(*wider, start=False).items():
            before = program.cursor.read_text()
            expect(program.start().process.wait(timeout=30) != 0, f"{name} with {wider} took the cursor of another filter")
            expect(program.cursor.read_text() == before, f"{name} wrote over it")
            expect(not program.told("Traceback") and not program.told("    at "), f"{name} does not end in words")
            expect(program.told(f"is of another filter (alert/{rule}/)"), f"{name} does not say why")
    for program in subscribers.values():  # a file of old does not say
        program.cursor.write_text(program.cursor.read_text().splitlines()[0] + "\n")
    again = scene.subscribe()
    scene.report(1)
    scene.got(again, scene.outbox())
    scene.saved(again, 4)
    for name, program in again.items():
        program.end()
        expect("\ntopics alert/\n" in program.cursor.read_text(), f"{name} did not note the filter")
    narrower = scene.subscribe("--rule", rule)
    scene.report(1)
    scene.got(narrower, scene.outbox())


@scenario
def a_number_that_is_none_is_refused_in_words(scene):
    for name, command in scene.programs.items():
        done = subprocess.run([*command, "--since", "abc"], capture_output=True, text=True, timeout=30)
        expect(done.returncode == 2 and "abc" in done.stderr, f"{name} ended with {done.returncode}: {done.stderr}")
        expect("Traceback" not in done.stderr and "    at " not in done.stderr, f"{name}: {done.stderr}")


@scenario
def a_reader_that_goes_away_ends_it_in_words(scene):
    scene.start().report(3)
    subscribers = scene.subscribe(start=False, since=0)
    for name, program in subscribers.items():
        with subprocess.Popen(program.command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            process.stdout.readline()
            process.stdout.close()
            scene.report(3)
            expect(process.wait(timeout=30) != 0, f"{name} has not noticed")
            err = process.stderr.read()
            expect("Traceback" not in err and "BrokenPipe" not in err and "    at " not in err, f"{name}: {err}")
