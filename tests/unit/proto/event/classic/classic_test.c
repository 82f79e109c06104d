/* SPDX-License-Identifier: BSD-2-Clause */
#include "../event.h"

int main(void)
{
    return cases_run() + calls_run(false);
}
