# The data set "mesh": a triangle is twelve floats, in groups.
@0xb7a1f0c2d3e4a502;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("bench_capnp::mesh");

struct Triangle {
  v0 :group {
    x @0 :Float32;
    y @1 :Float32;
    z @2 :Float32;
  }
  v1 :group {
    x @3 :Float32;
    y @4 :Float32;
    z @5 :Float32;
  }
  v2 :group {
    x @6 :Float32;
    y @7 :Float32;
    z @8 :Float32;
  }
  normal :group {
    x @9 :Float32;
    y @10 :Float32;
    z @11 :Float32;
  }
}

struct Mesh {
  triangles @0 :List(Triangle);
}
