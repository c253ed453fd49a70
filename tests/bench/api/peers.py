"""The servers and peers of the API bench, and the one program that asks them."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "end_to_end"))
from programs import BIN, ROOT, Cli, Failed, Server  # noqa: E402

CLASSES = ROOT / "tests" / "end_to_end" / "data" / "classes.csv"
POSTGRES_BIN = Path("/usr/lib/postgresql/15/bin")
INDEX_SECONDS_MAX = 3600
POSTGRES_SETTINGS = {
    "synchronous_commit": "on", "fsync": "on", "full_page_writes": "on", "shared_buffers": "1GB", "max_wal_size": "4GB",
    "max_connections": "300", "listen_addresses": "''",
}


def run_json(program, *words):
    done = subprocess.run([BIN / program, *map(str, words)], capture_output=True, text=True)
    if done.returncode != 0:
        raise Failed(f"{program} {' '.join(map(str, words))}: {done.stderr.strip()[-500:]}")
    return json.loads(done.stdout)


class Asked:
    """A server with its key and the items it holds; `ask` runs the one client against it."""

    address = key = items = None

    def ask(self, mode, *words, items=True):
        given = ["--items", self.items] if items else []
        return run_json("api_load", mode, "--server", self.address, "--key", self.key, *given, *words)


class Registry(Asked):
    """radyabd over a folder of its own, with a member and a class tree."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.folder.mkdir()
        self.server = Server(self.folder / "data", self.folder / "log")
        self.items = self.folder / "items"

    def start(self):
        self.server.start()
        self.address = self.server.address

    def stop(self):
        if self.server.stop() != 0:
            raise Failed(f"radyabd did not end well: {self.server.log_end()}")

    def set_up(self):
        self.start()
        admin = Cli(self.server, (self.server.folder / "admin.key").read_text().strip())
        admin.run("import", "classes", CLASSES)
        member = admin.run("member", "create", "--name-en", "Bench").row["name"]
        self.key = admin.run("admin", "key", "create", "--role", "member", "--member", member, "--display-name",
                             "bench").row["secret"]

    def fill(self, count):
        return self.ask("import", "--count", count)

    @property
    def data_file(self):
        return self.server.folder / "data.mdb"

    def group_count(self):
        """Groups committed since the start; the log is synced once for each."""
        admin = Cli(self.server, (self.server.folder / "admin.key").read_text().strip())
        return int(admin.run("admin", "stats").row["group_count"])

    def wait_for_index(self):
        """Until all names are in the search index. Answers the seconds it took."""
        admin = Cli(self.server, (self.server.folder / "admin.key").read_text().strip())
        begun = time.monotonic()
        while not self.index_is_whole(admin):
            if time.monotonic() - begun > INDEX_SECONDS_MAX:
                raise Failed(f"names still wait for the search index after {INDEX_SECONDS_MAX} seconds")
            time.sleep(2)
        return time.monotonic() - begun

    @staticmethod
    def index_is_whole(admin):
        return int(admin.run("admin", "stats").row.get("search_waiting_count", 0)) == 0

    def own_memory_mb(self):
        """What the process holds beside the mapped file."""
        status = Path(f"/proc/{self.server.process.pid}/status").read_text()
        return sum(int(re.search(rf"^{name}:\s+(\d+) kB", status, re.M)[1]) for name in ("RssAnon", "RssShmem")) / 1024

    def cold_start_ms(self, text):
        """Milliseconds from the start to the first right answer, with none of its files in the page cache."""
        self.stop()
        os.sync()
        for path in self.server.folder.glob("*"):
            if path.is_file():
                with open(path, "rb") as file:
                    os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        begun = time.monotonic()
        self.start()
        cli = Cli(self.server, self.key)
        if cli.run("resolve", text).row.get("code") != text:
            raise Failed(f"the first answer after a cold start is not about {text}")
        return 1000 * (time.monotonic() - begun)


class Echo(Asked):
    """The empty server: bounds, key check and sizes of ours, and nothing else."""

    def __init__(self, key, answer_bytes, items):
        self.key, self.items = key, items
        self.process = subprocess.Popen([BIN / "echo_server", "--key", key, "--answer-bytes", str(answer_bytes)],
                                        stdout=subprocess.PIPE, text=True)
        self.address = self.process.stdout.readline().split()[-1]

    def stop(self):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()


class Postgres:
    """PostgreSQL 15 with one table that has as many indexes as a registration has families of rows."""

    TABLE = """
        create sequence number;
        create table item (
          code bigint primary key, name_fa text not null, name_en text not null, record bytea not null,
          audit_sequence bigint not null, resource text not null, audit bytea not null,
          request_id text not null, answer bytea not null, expire_us bigint not null);
        create unique index on item (request_id);
        create index on item (name_fa);
        create index on item (name_en);
        create index on item (audit_sequence);
        create index on item (resource, audit_sequence);
        create index on item (expire_us, request_id);
        create unique index on item (((code + 1) * 16), name_fa);"""
    # As many bytes as the rows of a registration: the record, its audit row, the kept answer. Names and request ids
    # lie anywhere in their order, as ours do.
    ROW = """
        (n, translate(substr(md5(n::text), 1, 6), '0123456789abcdef', 'ابپتثجچحخدذرزسشص') || ' ' || n,
         substr(md5(n::text), 7, 10) || ' ' || n, decode(repeat('5a', {record}), 'hex'), n,
         'items/' || (1000000000000000 + n), decode(repeat('5b', {audit}), 'hex'),
         md5('r' || n), decode(repeat('5c', {answer}), 'hex'), 1800000000000000 + n)"""
    SIZES = {"record": 330, "audit": 90, "answer": 400}

    def __init__(self, folder):
        if not (POSTGRES_BIN / "pgbench").exists():
            raise Failed(f"{POSTGRES_BIN}/pgbench is not there: run ./dev bench, which installs it")
        self.folder = Path(folder)
        self.folder.mkdir()
        self.as_user = []
        if os.geteuid() == 0:  # PostgreSQL does not run as root
            shutil.chown(self.folder, "postgres", "postgres")
            self.as_user = ["runuser", "-u", "postgres", "--"]

    def _run(self, program, *words, stdin=None):
        done = subprocess.run([*self.as_user, POSTGRES_BIN / program, *map(str, words)], input=stdin, text=True,
                              capture_output=True, cwd="/")
        if done.returncode != 0:
            raise Failed(f"{program}: {done.stderr.strip()[-500:]}")
        return done.stdout

    def sql(self, text):
        return self._run("psql", "-h", self.folder, "-d", "postgres", "-v", "ON_ERROR_STOP=1", "-qAt", stdin=text)

    def start(self, item_count):
        data = self.folder / "data"
        self._run("initdb", "-D", data, "-E", "UTF8", "--no-locale", "-A", "trust")
        with open(data / "postgresql.conf", "a", encoding="utf-8") as file:
            file.write("".join(f"{name} = {value}\n" for name, value in POSTGRES_SETTINGS.items()))
            file.write(f"unix_socket_directories = '{self.folder}'\n")
        self._run("pg_ctl", "-D", data, "-w", "-l", self.folder / "log", "start")
        row = self.ROW.format(**self.SIZES).strip()
        self.sql(self.TABLE)
        self.sql(f"insert into item select {row[1:-1]} from generate_series(1, {item_count}) n;"
                 f"select setval('number', {item_count + 1}); vacuum analyze item; checkpoint;")
        script = self.folder / "insert.sql"
        script.write_text(f"insert into item select {row[1:-1]} from (select nextval('number') n) one;\n".replace(
            "\n        ", " ").replace("\n         ", " "), encoding="utf-8")
        script.chmod(0o644)

    def inserts(self, clients, seconds):
        said = self._run("pgbench", "-h", self.folder, "-n", "-M", "prepared", "-c", clients, "-j", 2, "-T", seconds,
                         "-f", self.folder / "insert.sql", "postgres")
        return {"per_s": float(re.search(r"tps = ([\d.]+)", said)[1]),
                "calls": int(re.search(r"transactions actually processed: (\d+)", said)[1])}

    def sync_count(self):
        """How often its log was synced since the start."""
        return int(self.sql("select wal_sync from pg_stat_wal;"))

    def bytes_an_item(self):
        return float(self.sql("select avg(pg_column_size(item.*)) from (select * from item order by code desc "
                              "limit 1000) item;"))

    def settings(self):
        names = ",".join(f"'{name}'" for name in (*POSTGRES_SETTINGS, "wal_sync_method", "checkpoint_timeout"))
        return self.sql(f"select name || '=' || current_setting(name) from pg_settings where name in ({names});").split()

    def stop(self):
        self._run("pg_ctl", "-D", self.folder / "data", "-m", "fast", "-w", "stop")
