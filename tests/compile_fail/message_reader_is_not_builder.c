/* ERROR: incompatible */
/* TWIN: s/_word(&in, word)/_drop(\&in)/; s/sk_builder_drop/sk_reader_drop/ */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/message.h>

void write_into_what_came(sk_endpoint from, sk_caller *caller, seL4_Word word)
{
    sk_reader in = sk_reader_receive(from, caller);

    sk_builder_word(&in, word);
    (void)word;
}
