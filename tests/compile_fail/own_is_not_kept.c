/* ERROR gcc: ignoring return value of 'sk_owned_slot_of' */
/* ERROR gcc: ignoring return value of 'sk_caller_of' */
/* ERROR gcc: ignoring return value of 'sk_builder_open' */
/* ERROR gcc: ignoring return value of 'sk_builder_call' */
/* ERROR gcc: ignoring return value of 'sk_reader_receive' */
/* ERROR gcc: ignoring return value of 'sk_reader_answer' */
/* ERROR gcc: ignoring return value of 'sk_builder_answer_receive' */
/* ERROR clang: declared with 'warn_unused_result' attribute */
/* ERROR clang: 7 errors generated */
/* TWIN: s/^    sk_owned/    SK_AUTO(sk_owned_slot) made = &/ */
/* TWIN: s/^    sk_caller_of/    *caller = &/ */
/* TWIN: s/^    sk_builder_o/    *out = &/; s/^    sk_reader_a/    *out = &/ */
/* TWIN: s/^    sk_builder_[ac]/    *in = &/; s/^    sk_reader_r/    *in = &/ */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/message.h>
#include <selkie/cap/owned.h>

void forget(sk_slot slot, sk_endpoint at, sk_builder *out, sk_reader *in, sk_caller *caller)
{
    sk_owned_slot_of(slot);
    sk_caller_of(slot);
    sk_builder_open(1);
    sk_builder_call(out, at);
    sk_reader_receive(at, caller);
    sk_reader_answer(in, 1);
    sk_builder_answer_receive(out, at, caller);
}
