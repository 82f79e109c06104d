/* SPDX-License-Identifier: BSD-2-Clause */
#include "operations.h"

#define UNTYPED_BITS 14

struct operands operands_make(struct memory *memory)
{
    struct operands o = {.vaddr = memory->vaddr};

    o.page = memory_page(memory);
    o.untyped = memory_object(memory, seL4_UntypedObject, UNTYPED_BITS);
    o.empty = memory_slot(memory);
    return o;
}

static void delete_new(const struct operands *o)
{
    check(seL4_CNode_Delete(seL4_CapInitThreadCNode, o->empty, seL4_WordBits),
          "seL4_CNode_Delete");
}

void copy_and_delete(const struct operands *o, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        check(seL4_CNode_Copy(seL4_CapInitThreadCNode, o->empty, seL4_WordBits,
                              seL4_CapInitThreadCNode, o->page, seL4_WordBits, seL4_AllRights),
              "seL4_CNode_Copy");
        delete_new(o);
    }
}

void unmap_and_map(const struct operands *o, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        check(seL4_ARM_Page_Unmap(o->page), "seL4_ARM_Page_Unmap");
        check(seL4_ARM_Page_Map(o->page, seL4_CapInitThreadVSpace, o->vaddr, seL4_AllRights,
                                seL4_ARM_Default_VMAttributes),
              "seL4_ARM_Page_Map");
    }
}

static inline void make_and_delete(const struct operands *o, seL4_Word type, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        check(seL4_Untyped_Retype(o->untyped, type, 0, seL4_CapInitThreadCNode, 0, 0, o->empty,
                                  1),
              "seL4_Untyped_Retype");
        delete_new(o);
    }
}

void make_and_delete_endpoint(const struct operands *o, unsigned count)
{
    make_and_delete(o, seL4_EndpointObject, count);
}

void make_and_delete_tcb(const struct operands *o, unsigned count)
{
    make_and_delete(o, seL4_TCBObject, count);
}
