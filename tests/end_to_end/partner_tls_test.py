"""The Python and Node clients over TLS: the right authority is trusted, and no other.

    partner_tls_test.py python|node
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from programs import BIN, ROOT, Failed, Server, need_programs

SECONDS_MAX = 60
# Each prints "True" or "true" for a code that is valid; the reason of a failure otherwise.
PROGRAMS = {
    "python": ["/usr/bin/python3", "-c", """
import os
from radyab_client import Client, ClientError, RepeatPolicy, Tls
tls = Tls(root_certificates=open(os.environ["ROOTS"], "rb").read(), server_name="radyab.test")
try:
    with Client(os.environ["RADYAB_SERVER"], tls=tls, policy=RepeatPolicy(deadline=3)) as radyab:
        print(radyab.code.check(text="1010400001000185").valid)
except ClientError as failure:
    print(failure.code.name)
"""],
    "node": ["node", "-e", """
const { Client } = require(process.env.RADYAB_CLIENTS + '/node');
const tls = { rootCertificates: require('fs').readFileSync(process.env.ROOTS), serverName: 'radyab.test' };
const radyab = new Client({ address: process.env.RADYAB_SERVER, tls, policy: { deadlineMs: 3000 } });
radyab.code.check({ text: '1010400001000185' })
  .then((answer) => console.log(answer.valid), (failure) => console.log(failure.code === 14 ? 'UNAVAILABLE' : failure))
  .finally(() => radyab.close());
"""],
}


def certificate(folder, name):
    """A certificate that vouches for itself, and its key."""
    pem, key = folder / f"{name}.pem", folder / f"{name}.key"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=radyab.test",
                    "-addext", "subjectAltName=DNS:radyab.test", "-keyout", key, "-out", pem],
                   check=True, capture_output=True, timeout=SECONDS_MAX)
    key.chmod(0o600)
    return pem, key


def ask(language, server, roots):
    done = subprocess.run(PROGRAMS[language], capture_output=True, text=True, timeout=SECONDS_MAX, env={
        **os.environ, "RADYAB_SERVER": server.address, "ROOTS": str(roots), "RADYAB_CLIENTS": str(ROOT / "clients"),
        "PYTHONPATH": str(BIN.parent / "python"), "PYTHONDONTWRITEBYTECODE": "1"})
    return done.stdout.strip() or done.stderr.strip()


def main():
    language, folder, server = sys.argv[1], Path(tempfile.mkdtemp(prefix="radyab-tls-")), None
    try:
        need_programs("radyabd")
        pem, key = certificate(folder, "server")
        stranger, _ = certificate(folder, "stranger")
        server = Server(folder / "registry", folder / "radyabd.log", ["--tls-cert", pem, "--tls-key", key])
        server.start()
        if (said := ask(language, server, pem)) not in ("True", "true"):
            raise Failed(f"with the right authority: {said}")
        if (said := ask(language, server, stranger)) != "UNAVAILABLE":
            raise Failed(f"with another authority: {said}")
    except Failed as failure:
        print(f"partner TLS test, {language}: failed: {failure}")
        return 1
    finally:
        if server:
            server.kill()
    shutil.rmtree(folder)
    print(f"partner TLS test, {language}: ok")
    return 0


if __name__ == "__main__":
    sys.exit(main())
