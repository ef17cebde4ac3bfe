/* desc.h -- schemas as data: the descriptor tables.
 *
 * One constant table per record, struct, enum and union. Generated .c files
 * define them, the `inlay` command builds the same from a schema at run time,
 * and whatever works on any message (verify, JSON, dump) reads them.
 *
 * Descriptors are trusted: they come from the compiler, never from a message.
 * Lifetime: they are constants; nothing that reads them keeps or changes them.
 */
#ifndef INLAY_DESC_H
#define INLAY_DESC_H

#include "base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The kinds of types. Scalars come first and are ordered as in FORMAT.md. */
typedef enum inlay_kind {
    INLAY_KIND_BOOL,
    INLAY_KIND_U8,
    INLAY_KIND_U16,
    INLAY_KIND_U32,
    INLAY_KIND_U64,
    INLAY_KIND_I8,
    INLAY_KIND_I16,
    INLAY_KIND_I32,
    INLAY_KIND_I64,
    INLAY_KIND_F32,
    INLAY_KIND_F64,
    INLAY_KIND_ENUM,   /* of: inlay_enum_desc */
    INLAY_KIND_STRUCT, /* of: inlay_struct_desc */
    INLAY_KIND_ARRAY,  /* [T; N]: element T, count N */
    INLAY_KIND_STRING,
    INLAY_KIND_BYTES,
    INLAY_KIND_VECTOR,  /* [T], T fixed and not bool: element T */
    INLAY_KIND_BITSET,  /* [bool] */
    INLAY_KIND_RECORD,  /* of: inlay_record_desc */
    INLAY_KIND_LIST,    /* any other [X]: element X, of: the record of its
                           elements, X itself or a synthetic { value: X } */
    INLAY_KIND_MAP,     /* of: the synthetic record { key: K; value: V } */
    INLAY_KIND_UNION,   /* of: inlay_union_desc */
    INLAY_KIND_OPTIONAL /* T?: element T */
} inlay_kind;

/* One type as a field, an element or a variant uses it. */
typedef struct inlay_type {
    inlay_kind               kind;
    uint32_t                 size;    /* bytes of a fixed value, else 0 */
    uint32_t                 count;   /* N of an ARRAY, else 0 */
    const struct inlay_type *element; /* see the kinds, else NULL */
    const void              *of;      /* see the kinds, else NULL */
} inlay_type;

/* Where a field's value lies (FORMAT.md, section 2).
 *
 *                 present bit   value                     slot
 *   BIT                         bit `bit` of `offset`
 *   BIT_OPTIONAL  yes           bit `bit` of `offset`
 *   FIXED                       size bytes at `offset`
 *   FIXED_OPTIONAL yes          size bytes at `offset`
 *   SLOT                                                  the value
 *   SLOT_PRESENT  yes                                     string? bytes?
 *                                                         [T]? map?
 *   SLOT_OPTIONAL               record?, and fixed T? whose value is all the
 *                               slot holds; the empty slice means absent
 *   UNION                       the tag at `offset`       the payload
 */
typedef enum inlay_place {
    INLAY_PLACE_BIT,
    INLAY_PLACE_BIT_OPTIONAL,
    INLAY_PLACE_FIXED,
    INLAY_PLACE_FIXED_OPTIONAL,
    INLAY_PLACE_SLOT,
    INLAY_PLACE_SLOT_PRESENT,
    INLAY_PLACE_SLOT_OPTIONAL,
    INLAY_PLACE_UNION
} inlay_place;

/* One field, or one of a synthetic record's `key` and `value`. Fields stand in
 * layout order: by ordinal where the record has ordinals, else as declared. */
typedef struct inlay_field_desc {
    const char       *name;
    const inlay_type *type;
    inlay_place       place;
    uint32_t          offset;         /* in the head, where place has one */
    uint8_t           bit;            /* 0..7 */
    uint8_t           present_bit;    /* 0..7 */
    uint32_t          present_offset; /* byte of the present bit */
    uint32_t          slot;
    uint32_t          align;       /* of @align(N), else 0 */
    uint32_t          max;         /* of @max(N), bytes or elements; else 0 */
    uint32_t          fixed_after; /* F of a block that ends here */
    uint32_t          slots_after; /* S of a block that ends here */
    uint32_t          declared;    /* index in declaration order */
    const uint8_t    *initial;     /* the default's wire bytes, `size` of
                                      them (a bool: one); NULL: zero */
} inlay_field_desc;

/* What verification can skip or do at once. */
enum {
    INLAY_RECORD_SYNTHETIC = 1, /* of a list or map: (F, S) is exact */
    INLAY_RECORD_STRINGS = 2,   /* S > 0, all slots are string or string? */
    INLAY_RECORD_CHECKED = 4    /* heads need a look: a present bit, a tag, or
                                   a bool inside a struct or array; or slices
                                   do: a field has a @max */
};

typedef struct inlay_record_desc {
    const char             *name; /* qualified, as in `log.Entry` */
    const inlay_field_desc *fields;
    uint32_t                field_count;
    uint32_t                fixed; /* F */
    uint32_t                slots; /* S */
    uint32_t                flags;
    uint32_t                spare_offset; /* the one bit byte with spare bits */
    uint8_t                 spare_mask;   /* 0 when there is none */
    uint64_t id; /* of @id, or XXH3-64 of the name; synthetic: 0 */
} inlay_record_desc;

typedef struct inlay_member_desc {
    const char       *name;
    const inlay_type *type;
    uint32_t          offset; /* on the wire, no padding */
} inlay_member_desc;

typedef struct inlay_struct_desc {
    const char              *name;
    const inlay_member_desc *members;
    uint32_t                 member_count;
    uint32_t                 size;
    bool                     has_bool; /* at any depth: bytes to check */
} inlay_struct_desc;

/* Values of signed bases are sign-extended to 64 bits. */
typedef struct inlay_value_desc {
    const char *name;
    uint64_t    value;
} inlay_value_desc;

typedef struct inlay_enum_desc {
    const char             *name;
    inlay_kind              base;   /* U8..I64 */
    const inlay_value_desc *values; /* as declared */
    uint32_t                value_count;
} inlay_enum_desc;

typedef struct inlay_variant_desc {
    const char       *name;
    const inlay_type *type; /* NULL for a variant with no type */
} inlay_variant_desc;

/* Tag t means variants[t - 1]; 0 is unset. */
typedef struct inlay_union_desc {
    const char               *name;
    const inlay_variant_desc *variants;
    uint32_t                  variant_count;
} inlay_union_desc;

#ifdef __cplusplus
}
#endif

#endif
