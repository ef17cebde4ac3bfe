# The data set "catalogue". A map is a list sorted by key; a product carries its
# own key.
@0xb7a1f0c2d3e4a508;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("bench_capnp::catalogue");

enum Currency {
  eur @0;
  usd @1;
  jpy @2;
  gbp @3;
}

struct Attribute {
  key @0 :Text;
  value @1 :Text;
}

struct Product {
  sku @0 :Text;
  name @1 :Text;
  price @2 :UInt64;
  currency @3 :Currency;
  isWeightSet @4 :Bool;
  weight @5 :UInt32;
  isEanSet @6 :Bool;
  ean @7 :UInt64;
  isStockSet @8 :Bool;
  stock @9 :Int32;
  isRatingSet @10 :Bool;
  rating @11 :Float32;
  isDiscontinuedSet @12 :Bool;
  discontinued @13 :Bool;
  brand @14 :Text;
  colour @15 :Text;
  size @16 :Text;
  description @17 :Text;
  replaces @18 :Text;
  categories @19 :List(UInt32);
  attributes @20 :List(Attribute);
}

struct Catalogue {
  products @0 :List(Product);
}
