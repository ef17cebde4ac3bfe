# The data set "telemetry".
@0xb7a1f0c2d3e4a506;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("bench_capnp::telemetry");

struct Sample {
  timeUs @0 :Int64;
  sensor @1 :UInt32;
  sequence @2 :UInt32;
  status @3 :UInt8;
  batteryMv @4 :UInt16;
  temperature @5 :Int16;
  energy @6 :UInt64;
  readings @7 :List(Int32);
}

struct Telemetry {
  device @0 :UInt64;
  samples @1 :List(Sample);
}
