# The data set "cjk".
@0xb7a1f0c2d3e4a507;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("bench_capnp::cjk");

struct Article {
  id @0 :UInt64;
  published @1 :Int64;
  title @2 :Text;
  author @3 :Text;
  summary @4 :Text;
  body @5 :Text;
  tags @6 :List(Text);
}

struct Articles {
  articles @0 :List(Article);
}
