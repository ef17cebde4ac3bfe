# The data set "rpc".
@0xb7a1f0c2d3e4a505;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("bench_capnp::rpc");

enum Method {
  get @0;
  put @1;
  delete @2;
  list @3;
  watch @4;
}

struct Request {
  id @0 :UInt64;
  trace :group {
    high @1 :UInt64;
    low @2 :UInt64;
  }
  deadlineUs @3 :UInt32;
  method @4 :Method;
  priority @5 :UInt8;
  idempotent @6 :Bool;
  stream @7 :Bool;
  user @8 :Text;
  resource @9 :Text;
  token @10 :Data;
  shards @11 :List(UInt32);
  isTenantSet @12 :Bool;
  tenant @13 :UInt32;
}
