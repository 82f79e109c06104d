/* SPDX-License-Identifier: BSD-2-Clause */
#include "microkit.h"

struct sk_microkit_faulted sk_microkit_faulted;
