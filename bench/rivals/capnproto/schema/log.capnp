# The data set "log". What is fixed in size and always there is a group, which
# costs no pointer.
@0xb7a1f0c2d3e4a501;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("bench_capnp::log");

struct Log {
  address :group {
    x0 @0 :UInt8;
    x1 @1 :UInt8;
    x2 @2 :UInt8;
    x3 @3 :UInt8;
  }
  identity @4 :Text;
  userid @5 :Text;
  date @6 :Text;
  request @7 :Text;
  code @8 :UInt16;
  size @9 :UInt64;
}

struct Logs {
  logs @0 :List(Log);
}
