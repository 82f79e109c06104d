/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/init/execute.h>

/* In one string, by the order of enum sk_init_call: an array of pointers would be longer. */
static const char names[] = "Untyped_Retype\0"
                            "ASIDControl_MakePool\0"
                            "ASIDPool_Assign\0"
                            "PageTable_Map\0"
                            "Page_Map\0"
                            "Page_Unmap\0"
                            "Page_Clean_Data\0"
                            "Page_Unify_Instruction\0"
                            "CNode_Mint\0"
                            "CNode_Move\0"
                            "CNode_Delete\0"
                            "IRQControl_GetTrigger\0"
                            "IRQHandler_SetNotification\0"
                            "DomainSet_ScheduleConfigure\0"
                            "DomainSet_ScheduleSetStart\0"
                            "DomainSet_Set\0"
                            "SchedControl_ConfigureFlags\0"
                            "TCB_Configure\0"
                            "TCB_SetSchedParams\0"
                            "TCB_SetTimeoutEndpoint\0"
                            "TCB_BindNotification\0"
                            "SchedContext_Bind\0"
                            "TCB_SetFlags\0"
                            "TCB_WriteRegisters\0"
                            "no call";

const char *sk_init_call_name(enum sk_init_call call)
{
    const char *name = names;

    for (unsigned n = 0; n < (unsigned)call && n < SK_INIT_CALL_COUNT; n++) {
        while (*name++ != '\0') {
        }
    }
    return name;
}

#define TEXT(name, text) text,

const char *sk_spec_wrong_text(enum sk_spec_wrong what)
{
    static const char *const texts[] = {SK_SPEC_WRONGS(TEXT)};

    return (unsigned)what < sizeof(texts) / sizeof(texts[0]) ? texts[what] : "";
}
