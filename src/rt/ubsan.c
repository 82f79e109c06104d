/*
 * What code calls that is compiled with UBSan's checks and without traps for them
 * (-fsanitize=undefined -fno-sanitize-recover=undefined): a panic that says kind and place,
 * with any compiler. They hand over the place, the types and the values; the place comes first.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stdint.h>

#include <selkie/base/assert.h>

struct place {
    const char *file;
    uint32_t line;
    uint32_t column;
};

/* The function for a kind of check, by the compilers' name for it. */
#define HANDLER(name, what)                                            \
    SK_NORETURN void __ubsan_handle_##name(const struct place *place); \
    SK_NORETURN void __ubsan_handle_##name(const struct place *place)  \
    {                                                                  \
        sk_panic_at(place->file, (int)place->line, "%s", what);        \
    }                                                                  \
    _Static_assert(1, "")

HANDLER(add_overflow_abort, "addition overflow");
HANDLER(sub_overflow_abort, "subtraction overflow");
HANDLER(mul_overflow_abort, "multiplication overflow");
HANDLER(negate_overflow_abort, "negation overflow");
HANDLER(divrem_overflow_abort, "division overflow or by zero");
HANDLER(shift_out_of_bounds_abort, "shift out of bounds");
HANDLER(out_of_bounds_abort, "index out of bounds");
HANDLER(pointer_overflow_abort, "pointer overflow");
HANDLER(type_mismatch_v1_abort, "null, misaligned or too small object");
HANDLER(alignment_assumption_abort, "assumed alignment does not hold");
HANDLER(vla_bound_not_positive_abort, "array of no positive size");
HANDLER(load_invalid_value_abort, "value that its type does not have");
HANDLER(float_cast_overflow_abort, "floating-point number out of an integer's range");
HANDLER(implicit_conversion_abort, "implicit conversion changed the value");
HANDLER(invalid_builtin_abort, "argument that a builtin does not allow");
HANDLER(nonnull_arg_abort, "null argument where none may be");
HANDLER(nullability_arg_abort, "null argument where none may be");
HANDLER(builtin_unreachable, "unreachable code reached");
HANDLER(missing_return, "end of a function that returns a value reached");

/* Of these the first argument is where the function is declared, the second where it ends. */
#define RETURN_HANDLER(name, what)                                                           \
    SK_NORETURN void __ubsan_handle_##name(const void *function, const struct place *place); \
    SK_NORETURN void __ubsan_handle_##name(const void *function, const struct place *place)  \
    {                                                                                        \
        (void)function;                                                                      \
        sk_panic_at(place->file, (int)place->line, "%s", what);                              \
    }                                                                                        \
    _Static_assert(1, "")

RETURN_HANDLER(nonnull_return_v1_abort, "null result where none may be");
RETURN_HANDLER(nullability_return_v1_abort, "null result where none may be");
