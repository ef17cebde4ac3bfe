// sample.h -- schemas that use the whole language, one of them wrongly.
#ifndef INLAY_TESTS_SCHEMA_SAMPLE_H
#define INLAY_TESTS_SCHEMA_SAMPLE_H

#define SAMPLE_NET                                                             \
    "package net;\n"                                                           \
    "struct Address { a: u8; b: u8; c: u8; d: u8; }\n"                         \
    "const PORT: u16 = 80;\n"

#define SAMPLE                                                                 \
    "/// The log.\n"                                                           \
    "package log;\n"                                                           \
    "import \"net.inlay\";\n"                                                  \
    "/// How.\n"                                                               \
    "enum Method : i16 { GET, POST = -10, PUT, }\n"                            \
    "struct Point { x: f32; y: [bool; 2]; }\n"                                 \
    "union Body { text: string; blob: bytes; form: Form; none; }\n"            \
    "type Micros = i64;\n"                                                     \
    "type Rows = [[f32]];\n"                                                   \
    "const MAX: u32 = 0x40; const ALSO: u32 = MAX; const HALF: f64 = 0.5;\n"   \
    "/// One.\n"                                                               \
    "/// Two.\n"                                                               \
    "record Entry @id(0x5f1d7c3e9a1b2c44) {\n"                                 \
    "    address: net.Address = { a: 127, d: 1 };\n"                           \
    "    code: u16 = 200; port: u16 = net.PORT;\n"                             \
    "    method: Method?; other: Method = PUT;\n"                              \
    "    body: Body; headers: map<string, string> @max(ALSO);\n"               \
    "    samples: [f32] @align(64); weight: f64? @sparse;\n"                   \
    "    parent: Entry?; old: u32 @deprecated; rows: Rows;\n"                  \
    "    at: Micros = -1_000; half: f64 = HALF; points: [Point; 2]\n"          \
    "        = [{ x: -inf }, { y: [true, false] }];\n"                         \
    "    flags: [bool]; ids: map<[u8; 16], Body>; maybe: [Point?];\n"          \
    "}\n"                                                                      \
    "record Form { third: u8 @2; first: string? @0; second: bool? @1; }\n"     \
    "union Either { form: Form; few: Few; }\n"                                 \
    "record Few { name: string @max(9); of: [Fewer?] @max(2);\n"               \
    "    back: map<u8, Either>; }\n"                                           \
    "record Fewer { at: map<u8, Micros>; }\n"

#define SAMPLE_WRONG                                                           \
    "package log;\n"                                                           \
    "import \"net.inlay\"; import \"absent.inlay\";\n"                         \
    "enum E { A, A, B = 300, }\n"                                              \
    "struct S { s: S; t: string; }\n"                                          \
    "record R { a: Adress; b: u8 = 1.5 @algin(3); c: u8 @0; d: [R2]; e: ; }\n" \
    "record R2 { }\n"                                                          \
    "record Loop { other: Loop2; } record Loop2 { back: Loop; }\n"             \
    "type A = B; type B = A;\n"                                                \
    "record Same @id(1) { } record Twin @id(1) { }\n"                          \
    "\xC3\xA9 \" /* "

#endif
