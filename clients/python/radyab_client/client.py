"""The way to one server, and all its methods."""

import difflib
import importlib
import keyword
import pkgutil
import re
from dataclasses import dataclass
from types import SimpleNamespace

import grpc

import radyab.v1
from radyab_client.method import ListMethod, StreamMethod, UnaryMethod
from radyab_client.repeats import RepeatPolicy, Repeats

ANSWER_BYTES_MAX = 16 << 20
CHANNEL_OPTIONS = (
    ("grpc.max_receive_message_length", ANSWER_BYTES_MAX),
    # A server that comes back is found at once, and one that fell silent is noticed.
    ("grpc.initial_reconnect_backoff_ms", 100),
    ("grpc.min_reconnect_backoff_ms", 5000),  # how long one attempt to connect may take
    ("grpc.max_reconnect_backoff_ms", 1000),
    ("grpc.keepalive_time_ms", 20000),
    ("grpc.keepalive_timeout_ms", 10000),
)


@dataclass(frozen=True)
class Tls:
    """TLS to the server; texts are PEM, as bytes."""

    root_certificates: bytes = None  # None: those of the system
    certificate: bytes = None  # of this client, for mutual TLS
    private_key: bytes = None  # its key
    server_name: str = ""  # the name on the server's certificate, when it is not in the address


class Methods(SimpleNamespace):
    """The methods of one service. One that does not exist is told with those that were likely meant."""

    def __getattr__(self, name):  # asked only for what is not there
        raise AttributeError(_unknown(f"{vars(self)['service']} has no method", name, vars(self)))


class Client:
    """`client.catalog.get_item(name=…)`: a service an attribute, a method a function. Any thread; close it at the end, or
    use it in a `with`."""

    def __init__(self, address="127.0.0.1:7400", *, key="", tls=None, policy=RepeatPolicy()):
        self.metadata = (("authorization", f"Bearer {key}"),) if key else ()
        self._channel = _open_channel(address, tls)
        self.repeats = Repeats(self._channel, policy)
        for module in pkgutil.iter_modules(radyab.v1.__path__):
            if module.name.endswith("_service_pb2"):
                self._add_services(f"radyab.v1.{module.name}")

    def __getattr__(self, name):  # asked only for what is not there
        raise AttributeError(_unknown("there is no service", name, vars(self)))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self._channel.close()

    def _add_services(self, module_name):
        messages = importlib.import_module(module_name)
        stubs = importlib.import_module(f"{module_name}_grpc")
        for service in messages.DESCRIPTOR.services_by_name.values():
            stub = getattr(stubs, f"{service.name}Stub")(self._channel)
            methods = {_snake(method.name): self._method(method, getattr(stub, method.name), messages)
                       for method in service.methods}
            name = _snake(service.name.removesuffix("Service"))
            setattr(self, name + "_" * keyword.iskeyword(name), Methods(service=service.name, **methods))  # class_

    def _method(self, method, call, messages):
        request_class = getattr(messages, method.input_type.name)
        if isinstance(call, grpc.StreamStreamMultiCallable):
            return StreamMethod(call, request_class, self)
        if "page_token" in method.input_type.fields_by_name:
            return ListMethod(call, request_class, self, method.output_type)
        return UnaryMethod(call, request_class, self)


def _open_channel(address, tls):
    if tls is None:
        return grpc.insecure_channel(address, CHANNEL_OPTIONS)
    options = CHANNEL_OPTIONS
    if tls.server_name:
        options += (("grpc.ssl_target_name_override", tls.server_name),)
    credentials = grpc.ssl_channel_credentials(tls.root_certificates, tls.private_key, tls.certificate)
    return grpc.secure_channel(address, credentials, options)


def _unknown(what, name, known):
    near = difflib.get_close_matches(name, [word for word in known if not word.startswith("_")])
    return f"{what} {name}" + (f"; did you mean {' or '.join(near)}?" if near else "")


def _snake(name):
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
