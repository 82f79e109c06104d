/* SPDX-License-Identifier: BSD-2-Clause */
#include "ground.h"

#include <string.h>

#include <selkie/arch/kernel/host.h>

#include "stage.h"
#include "stub.h"

#define CODE_PAGE ACTORS /* behind the IPC buffers */

/* The words of stub.S. */
static const uint32_t code[] = {
    0xd4000001, /*  0: svc  #0                STUB_CALL */
    0xd28009a7, /*  4: mov  x7, #STUB_NUMBER  STUB_DONE */
    0xd4000001, /*  8: svc  #0 */
    0x17fffffe, /*  c: b    4 */
    0xd4000001, /* 10: svc  #0                STUB_CALL_UNTIMED */
    0xd34cfc27, /* 14: lsr  x7, x1, #12 */
    0xb5ffff67, /* 18: cbnz x7, 4 */
    0xd2800002, /* 1c: mov  x2, #0 */
    0x17fffff9, /* 20: b    4 */
    0xf9400000, /* 24: ldr  x0, [x0]          STUB_LOAD */
    0x17fffff7, /* 28: b    4 */
    0xf9000001, /* 2c: str  x1, [x0]          STUB_STORE */
    0x17fffff5, /* 30: b    4 */
    0x10fffe9e, /* 34: adr  x30, 4            STUB_JUMP */
    0xd61f0000, /* 38: br   x0 */
    0x00000000, /* 3c: udf  #0                STUB_UNDEFINED */
    0x17fffff1, /* 40: b    4 */
    0x14000000, /* 44: b    44                STUB_SPIN */
};
_Static_assert(sizeof(code) == STUB_BYTES, "stub.h");
_Static_assert(CODE_PAGE < SK_HOST_IMAGE_PAGES, "the image has room for all");

uintptr_t ground_code(void)
{
    return (uintptr_t)&ground_rooms()[CODE_PAGE];
}

union room *ground_rooms(void)
{
    return (union room *)SK_HOST_IMAGE_VADDR;
}

void ground_open(void)
{
    memcpy((void *)ground_code(), code, sizeof(code));
}
